package io.fleetward.protocol.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// An Ed25519 private key under a name. Thread safe. Never printed.
public final class SigningKey {
  private final String id;
  private final PrivateKey key;

  private SigningKey(String id, PrivateKey key) {
    this.id = id;
    this.key = key;
  }

  /// A new key and the public half that others shall trust.
  public record Generated(SigningKey signingKey, TrustedKey trustedKey) {}

  /// Makes a new key.
  public static Generated generate(String id) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new Generated(
          new SigningKey(id, pair.getPrivate()), new TrustedKey(id, pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /// Reads a key from a PEM file's text (PKCS #8).
  ///
  /// @throws InvalidKeyFileException if it is not an Ed25519 private key
  public static SigningKey fromPem(String id, String pem) {
    try {
      return new SigningKey(
          id,
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.decode("PRIVATE KEY", pem))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidKeyFileException(
          "key \"%s\" is no Ed25519 private key in PEM".formatted(id), e);
    }
  }

  public String id() {
    return id;
  }

  public String toPem() {
    return Pem.encode("PRIVATE KEY", key.getEncoded());
  }

  /// The public half, which others shall trust.
  public TrustedKey trustedKey() {
    byte[] seed =
        key instanceof EdECPrivateKey known
            ? known
                .getBytes()
                .orElseThrow(() -> new IllegalStateException("the key keeps to itself"))
            : new byte[0];
    try {
      // The JDK computes a public half only while it makes a pair, from bytes that it asks for.
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
      TrustedKey derived = new TrustedKey(id, generator.generateKeyPair().getPublic());
      if (!derived.verifies(seed, signature(seed))) {
        throw new IllegalStateException("this JDK makes Ed25519 keys in another way");
      }
      return derived;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /// Gives the same bytes whenever it is asked.
  private static final class GivenBytes extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient byte[] bytes;

    GivenBytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }

  /// Signs a payload into an envelope.
  public Envelope sign(String payloadType, byte[] payload) {
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] signature = signature(Envelope.preAuthenticationEncoding(payloadType, payload));
    return new Envelope(
        payloadType,
        base64.encodeToString(payload),
        List.of(new Envelope.KeyedSignature(id, base64.encodeToString(signature))));
  }

  private byte[] signature(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with key \"%s\" failed".formatted(id), e);
    }
  }
}
