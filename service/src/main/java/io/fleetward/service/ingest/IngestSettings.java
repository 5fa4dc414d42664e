package io.fleetward.service.ingest;

import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.util.Optional;

/// How metrics are taken in over HTTP.
///
/// @param bodyBytes `ingest.most-body-bytes`, of one request after decompression
/// @param requests `ingest.most-requests`, in progress at once, from all senders together
/// @param requestsOfOne `ingest.most-requests-of-one`, of them from one token
/// @param relabel `ingest.relabel`, a file with `relabel_configs`; empty for none
public record IngestSettings(
    int bodyBytes, int requests, int requestsOfOne, Optional<Path> relabel) {
  /// Compressed bodies are at most this long, whatever they hold.
  public static final int MOST_COMPRESSED_BYTES = 8 * 1024 * 1024;

  public static IngestSettings from(Settings settings) {
    String relabel = settings.text("ingest.relabel", "");
    return new IngestSettings(
        settings.integer("ingest.most-body-bytes", 32 * 1024 * 1024, 1_024, 256 * 1024 * 1024),
        settings.integer("ingest.most-requests", 64, 1, 10_000),
        settings.integer("ingest.most-requests-of-one", 32, 1, 10_000),
        relabel.isEmpty() ? Optional.empty() : Optional.of(settings.path("ingest.relabel")));
  }
}
