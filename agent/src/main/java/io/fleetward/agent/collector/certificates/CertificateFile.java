package io.fleetward.agent.collector.certificates;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The certificates in one file, in PEM (whatever else is in it) or DER. Confined to the collecting
/// thread.
final class CertificateFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----");

  private record Expiry(Slot slot, double seconds) {}

  private final SeriesTable table;
  private final Path path;
  private Optional<FileTime> readAt = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private List<Expiry> expiries = List.of();

  CertificateFile(SeriesTable table, Path path) {
    this.table = table;
    this.path = path;
  }

  /// Reads it if it has changed.
  void look() {
    try {
      Optional<FileTime> modified = Optional.of(Files.getLastModifiedTime(path));
      if (!modified.equals(readAt) || problem.isPresent()) {
        expiries = read(Files.readAllBytes(path));
        readAt = modified;
        problem = Optional.empty();
      }
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      expiries = List.of();
      problem =
          Optional.of(
              "%s has no certificate that can be read (%s); correct agent.certificates or let the"
                      .formatted(path, e)
                  + " agent read the file");
    }
  }

  private List<Expiry> read(byte[] content) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<byte[]> encoded = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (blocks.find()) {
      encoded.add(Base64.getMimeDecoder().decode(blocks.group(1)));
    }
    if (encoded.isEmpty()) {
      encoded.add(content);
    }
    List<Expiry> found = new ArrayList<>();
    for (byte[] der : encoded) {
      if (factory.generateCertificate(new ByteArrayInputStream(der))
          instanceof X509Certificate certificate) {
        found.add(expiry(certificate));
      }
    }
    return List.copyOf(found);
  }

  private Expiry expiry(X509Certificate certificate) {
    Slot slot =
        table.slot(
            "fleetward_certificate_not_after_timestamp_seconds",
            "path",
            path.toString(),
            "subject",
            certificate.getSubjectX500Principal().getName(),
            "serial",
            certificate.getSerialNumber().toString(16));
    return new Expiry(slot, certificate.getNotAfter().toInstant().getEpochSecond());
  }

  void tell() {
    for (int i = 0; i < expiries.size(); i++) {
      expiries.get(i).slot().set(expiries.get(i).seconds());
    }
  }

  void throwIfUnreadable() throws IOException {
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
  }
}
