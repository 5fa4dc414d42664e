package io.fleetward.agent;

import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.topics.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The headers of a scrape's record; with the host's seal, if it is enrolled.
record ScrapeHeaders(String instance, Optional<ScrapeKey> key) {
  private static final Logger log = LoggerFactory.getLogger(ScrapeHeaders.class);
  private static final Map<String, String> UNSEALED =
      Map.of(Headers.CONTENT_TYPE, Headers.REMOTE_WRITE_2, Headers.COMPLETE, "1");

  /// Reads the host's key; a host without one is scored, never acted upon.
  ///
  /// @throws IOException if the file is there and cannot be used
  static ScrapeHeaders read(String instance, Path scrapeKey) throws IOException {
    try {
      ScrapeKey key = ScrapeKey.fromText(Files.readString(scrapeKey));
      return new ScrapeHeaders(instance, Optional.of(key));
    } catch (NoSuchFileException _) {
      log.atWarn()
          .addKeyValue("file", scrapeKey)
          .log("this host is not enrolled, so nothing will be done to it; fleetward agent enrol");
      return new ScrapeHeaders(instance, Optional.empty());
    } catch (IOException | InvalidKeyFileException e) {
      throw new IOException(
          "cannot use the scrape key %s (%s); make it readable for the agent, or enrol the host anew with fleetward agent enrol --force"
              .formatted(scrapeKey, e.getMessage()),
          e);
    }
  }

  Map<String, String> of(byte[] value) {
    return key.map(own ->
            Map.of(
                Headers.CONTENT_TYPE,
                Headers.REMOTE_WRITE_2,
                Headers.COMPLETE,
                "1",
                Headers.SEAL,
                own.seal(instance, Headers.REMOTE_WRITE_2, value)))
        .orElse(UNSEALED);
  }
}
