package io.fleetward.agent.scraping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Trust in the certificates of one file and those that they have signed, and in nobody else.
public final class CertificateTrust {
  private CertificateTrust() {}

  /// @param file certificates in PEM
  /// @throws IOException if it cannot be read, or holds something else
  static SSLSocketFactory of(Path file) throws IOException {
    return contextOf(file).getSocketFactory();
  }

  /// The same, for connections of any kind.
  ///
  /// @throws IOException if the file cannot be read, or holds something else
  public static SSLContext contextOf(Path file) throws IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("trusted-" + store.size(), one);
      }
      if (store.size() == 0) {
        throw new IOException("%s holds no certificate".formatted(file));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s cannot be used (%s); write certificates in PEM there".formatted(file, e.getMessage()),
          e);
    }
  }
}
