package io.fleetward.protocol.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// An Ed25519 public key whose signatures count. Immutable.
public record TrustedKey(String id, PublicKey key) {
  /// Reads a key from a PEM file's text (X.509 SubjectPublicKeyInfo).
  ///
  /// @throws InvalidKeyFileException if it is not an Ed25519 public key
  public static TrustedKey fromPem(String id, String pem) {
    try {
      return new TrustedKey(
          id,
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Pem.decode("PUBLIC KEY", pem))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidKeyFileException(
          "key \"%s\" is no Ed25519 public key in PEM".formatted(id), e);
    }
  }

  /// SHA-256, in lower-case hexadecimal, of the key's X.509 form: what the key is known by.
  public String fingerprint() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public String toPem() {
    return Pem.encode("PUBLIC KEY", key.getEncoded());
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException _) {
      // a signature of the wrong length or form is simply not this key's
      return false;
    }
  }
}
