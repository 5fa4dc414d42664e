package io.fleetward.protocol.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;

/// One side of the exchange by which a host and the service come to a [ScrapeKey] that never
/// travels: X25519 with keys made for this once, then HKDF-SHA-256. Who listens learns nothing; who
/// answers has to be known by other means (the token here, TLS there).
public final class KeyExchange {
  private static final String CURVE = "X25519";
  private static final String PURPOSE = "fleetward scrape key v1";

  private final KeyPair own;

  private KeyExchange(KeyPair own) {
    this.own = own;
  }

  /// Makes a key pair of one's own.
  public static KeyExchange begin() {
    try {
      return new KeyExchange(KeyPairGenerator.getInstance(CURVE).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + CURVE, e);
    }
  }

  /// One's own public half in base64 (X.509 SubjectPublicKeyInfo), for the other side.
  public String publicHalf() {
    return Base64.getEncoder().encodeToString(own.getPublic().getEncoded());
  }

  /// The key that both sides come to.
  ///
  /// @param other the other side's public half
  /// @param instance whose scrapes it is for
  /// @param fingerprint of the host's signing key
  /// @throws IllegalArgumentException if the public half is none
  public ScrapeKey finish(String other, String instance, String fingerprint) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
      agreement.init(own.getPrivate());
      agreement.doPhase(
          KeyFactory.getInstance(CURVE)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(other))),
          true);
      return ScrapeKey.of(
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(agreement.generateSecret())
                      .thenExpand(context(other, instance, fingerprint), ScrapeKey.BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "no public half of an %s key: %s".formatted(CURVE, e.getMessage()), e);
    }
  }

  /// What the key is for, so that no other exchange comes to the same.
  private byte[] context(String other, String instance, String fingerprint) {
    String[] halves = {publicHalf(), other};
    Arrays.sort(halves);
    ByteArrayOutputStream context = new ByteArrayOutputStream();
    for (String part : new String[] {PURPOSE, instance, fingerprint, halves[0], halves[1]}) {
      context.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      context.write(0);
    }
    return context.toByteArray();
  }
}
