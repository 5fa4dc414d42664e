package io.fleetward.protocol.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedKeysTest {
  private static final String TYPE = "application/vnd.fleetward.plan.v1+json";
  private static final byte[] PAYLOAD = "{\"id\":\"1\"}".getBytes(UTF_8);

  private final SigningKey.Generated one = SigningKey.generate("one");
  private final SigningKey.Generated two = SigningKey.generate("two");
  private final TrustedKeys trusted = new TrustedKeys(List.of(one.trustedKey()));

  private static byte[] bytes(Envelope envelope) {
    return MessageCodec.encode(envelope);
  }

  private static String code(Opened opened) {
    return switch (opened) {
      case Opened.Trusted _ -> "trusted";
      case Opened.Refused(String code, _) -> code;
    };
  }

  private static Envelope both(Envelope first, Envelope second) {
    List<Envelope.KeyedSignature> signatures = new ArrayList<>(first.signatures());
    signatures.addAll(second.signatures());
    return new Envelope(first.payloadType(), first.payload(), signatures);
  }

  @Test
  void signWhatTheDsseSpecificationSays() {
    assertThat(
            Envelope.preAuthenticationEncoding(
                "http://example.com/HelloWorld", "hello world".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void countBytesAndNotChars() {
    assertThat(Envelope.preAuthenticationEncoding("tüp", new byte[0]))
        .asString(UTF_8)
        .isEqualTo("DSSEv1 4 tüp 0 ");
  }

  @Test
  void handOutWhatATrustedKeySigned() {
    Opened opened = trusted.open(bytes(one.signingKey().sign(TYPE, PAYLOAD)), TYPE);

    assertThat(opened).isInstanceOf(Opened.Trusted.class);
    if (opened instanceof Opened.Trusted(String keyId, byte[] payload)) {
      assertThat(keyId).isEqualTo("one");
      assertThat(payload).isEqualTo(PAYLOAD);
    }
  }

  @Test
  void refuseAnEnvelopeOfAnotherType() {
    byte[] outcome = bytes(one.signingKey().sign("application/other", PAYLOAD));

    assertThat(trusted.open(outcome, TYPE))
        .isEqualTo(new Opened.Refused("wrong-type", "is application/other, not " + TYPE));
  }

  @Test
  void refuseATypeThatWasChangedAfterSigning() {
    Envelope signed = one.signingKey().sign("application/other", PAYLOAD);
    Envelope renamed = new Envelope(TYPE, signed.payload(), signed.signatures());

    assertThat(code(trusted.open(bytes(renamed), TYPE))).isEqualTo("untrusted");
  }

  @Test
  void refuseEveryEnvelopeWithOneBitChanged() {
    byte[] envelope = bytes(one.signingKey().sign(TYPE, PAYLOAD));
    for (int bit = 0; bit < 8 * envelope.length; bit++) {
      byte[] changed = envelope.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(trusted.open(changed, TYPE))
          .as("bit %d: %s", bit, new String(changed, UTF_8))
          .isInstanceOf(Opened.Refused.class);
    }
  }

  @Test
  void refuseAKeyTheyDoNotKnow() {
    assertThat(code(trusted.open(bytes(two.signingKey().sign(TYPE, PAYLOAD)), TYPE)))
        .isEqualTo("untrusted");
  }

  @Test
  void refuseAStrangersKeyUnderAKnownName() {
    SigningKey stranger = SigningKey.fromPem("one", two.signingKey().toPem());

    assertThat(code(trusted.open(bytes(stranger.sign(TYPE, PAYLOAD)), TYPE)))
        .isEqualTo("untrusted");
  }

  @Test
  void refuseAnUnsignedEnvelope() {
    Envelope signed = one.signingKey().sign(TYPE, PAYLOAD);
    Envelope unsigned = new Envelope(TYPE, signed.payload(), List.of());

    assertThat(code(trusted.open(bytes(unsigned), TYPE))).isEqualTo("unsigned");
  }

  @Test
  void acceptAnySignatureByATrustedKey() {
    Envelope envelope =
        both(two.signingKey().sign(TYPE, PAYLOAD), one.signingKey().sign(TYPE, PAYLOAD));

    assertThat(code(trusted.open(bytes(envelope), TYPE))).isEqualTo("trusted");
    assertThat(code(new TrustedKeys(List.of(two.trustedKey())).open(bytes(envelope), TYPE)))
        .isEqualTo("trusted");
    assertThat(code(new TrustedKeys(List.of()).open(bytes(envelope), TYPE))).isEqualTo("untrusted");
  }

  @Test
  void refuseMoreSignaturesThanARotationNeeds() {
    Envelope signed = one.signingKey().sign(TYPE, PAYLOAD);
    Envelope many =
        new Envelope(
            TYPE, signed.payload(), Collections.nCopies(17, signed.signatures().getFirst()));

    assertThat(code(trusted.open(bytes(many), TYPE))).isEqualTo("malformed");
  }

  @Test
  void refuseWhatIsNoEnvelope() {
    for (String text :
        List.of("", "{", "null", "[]", "{}", "{\"payloadType\":\"x\",\"payload\":\"eA==\"}")) {
      assertThat(code(trusted.open(text.getBytes(UTF_8), TYPE))).as(text).isEqualTo("malformed");
    }
    Envelope notBase64 = new Envelope(TYPE, "%%%", List.of());
    assertThat(code(trusted.open(bytes(notBase64), TYPE))).isEqualTo("malformed");
  }

  @Test
  void areReadFromAFolder(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("one.pem"), one.trustedKey().toPem());
    Files.writeString(folder.resolve("two.pem"), two.trustedKey().toPem());
    Files.writeString(folder.resolve("README"), "no key");
    TrustedKeys read = TrustedKeys.read(folder);

    assertThat(read.size()).isEqualTo(2);
    assertThat(code(read.open(bytes(two.signingKey().sign(TYPE, PAYLOAD)), TYPE)))
        .isEqualTo("trusted");
  }

  @Test
  void areNotReadFromAFolderWithAFileThatHoldsNoKey(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("private.pem"), one.signingKey().toPem());

    assertThatThrownBy(() -> TrustedKeys.read(folder))
        .isInstanceOf(InvalidKeyFileException.class)
        .hasMessage("key \"private\" is no Ed25519 public key in PEM");
  }

  @Test
  void signTheSameAfterAKeyWasWrittenAndRead() {
    SigningKey read = SigningKey.fromPem("one", one.signingKey().toPem());

    assertThat(read.sign(TYPE, PAYLOAD)).isEqualTo(one.signingKey().sign(TYPE, PAYLOAD));
    assertThat(TrustedKey.fromPem("one", one.trustedKey().toPem())).isEqualTo(one.trustedKey());
    assertThatThrownBy(() -> SigningKey.fromPem("x", "nothing"))
        .isInstanceOf(InvalidKeyFileException.class)
        .hasMessage("key \"x\" is no Ed25519 private key in PEM");
    assertThatThrownBy(() -> SigningKey.fromPem("x", one.trustedKey().toPem()))
        .isInstanceOf(InvalidKeyFileException.class);
  }
}
