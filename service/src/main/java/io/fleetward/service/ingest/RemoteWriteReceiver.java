package io.fleetward.service.ingest;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.fleetward.protocol.labels.RelabelRule;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.service.ingest.MetricsSink.Outgoing;
import io.fleetward.service.ingest.MetricsSink.SinkUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes remote-write requests, 1.0 and 2.0, and stores what they hold as each host's own scrapes.
/// A request that comes again is stored again, which changes nothing: scoring passes over samples
/// that it has. Thread safe; [#receive] blocks until Kafka has everything.
public final class RemoteWriteReceiver {
  private static final Logger log = LoggerFactory.getLogger(RemoteWriteReceiver.class);

  /// Scoring reads records of up to 768 KiB.
  private static final int MOST_RECORD_BYTES = 512 * 1024;

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
  private final IngestSettings settings;
  private final List<RelabelRule> rules;
  private final MetricsSink sink;

  /// @param rules applied to each series before its instance is looked for
  public RemoteWriteReceiver(IngestSettings settings, List<RelabelRule> rules, MetricsSink sink) {
    this.settings = settings;
    this.rules = List.copyOf(rules);
    this.sink = sink;
  }

  public IngestSettings settings() {
    return settings;
  }

  /// @param contentType of the request; empty stands for remote-write 1.0
  /// @param encoding of the request; empty stands for snappy, as the specification demands it
  public WriteOutcome receive(String contentType, String encoding, byte[] body) {
    Optional<Version> version =
        contentType.isEmpty() ? Optional.of(Version.V1) : Version.of(contentType);
    if (version.isEmpty()) {
      return new WriteOutcome.Unsupported(
          "content-type %s is not understood; send application/x-protobuf, with proto=io.prometheus.write.v2.Request for 2.0"
              .formatted(contentType));
    }
    if (!encoding.isEmpty() && !encoding.toLowerCase(Locale.ROOT).equals("snappy")) {
      return new WriteOutcome.Unsupported(
          "content-encoding %s is not understood; send snappy".formatted(encoding));
    }
    byte[] plain;
    try {
      SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
      int length = snappy.getUncompressedLength(body, 0);
      if (length > settings.bodyBytes()) {
        return new WriteOutcome.TooLarge(
            "%d bytes after decompression; at most %d are read, send fewer samples at once"
                .formatted(length, settings.bodyBytes()));
      }
      plain = new byte[length];
      snappy.decompress(body, 0, body.length, plain, 0, length);
    } catch (MalformedInputException | IndexOutOfBoundsException e) {
      return new WriteOutcome.Invalid("the body is no snappy block: %s".formatted(e.getMessage()));
    }
    return switch (decoder.decode(plain, version.get())) {
      case Decoded.Rejected(String reason, int offset) ->
          new WriteOutcome.Invalid("%s (at byte %d after decompression)".formatted(reason, offset));
      case Decoded.Accepted(WriteRequest request) -> store(request, version.get());
    };
  }

  private WriteOutcome store(WriteRequest request, Version version) {
    HostScrapes scrapes = HostScrapes.of(request, rules);
    List<Outgoing> records = new ArrayList<>();
    RemoteWriteEncoder encoder = new RemoteWriteEncoder();
    scrapes.forEach((instance, scrape) -> encode(instance, scrape, encoder, records));
    try {
      sink.store(records);
    } catch (SinkUnavailableException e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("metrics cannot be stored");
      return new WriteOutcome.Unavailable("Kafka cannot be reached; send the same again later");
    }
    List<String> unwritten = new ArrayList<>();
    if (scrapes.homeless() > 0) {
      unwritten.add(
          "%d samples have no label \"instance\", the first of %s; set it in the sender, or with ingest.relabel"
              .formatted(scrapes.homeless(), scrapes.firstHomeless()));
    }
    if (version == Version.V2) {
      unwritten.addAll(notKept(request));
    }
    // what the operator's own rules drop was taken in as asked
    int written = scrapes.samples() + scrapes.dropped();
    return unwritten.isEmpty()
        ? new WriteOutcome.Written(written)
        : new WriteOutcome.PartlyWritten(written, String.join("; ", unwritten));
  }

  /// Remote-write 2.0 forbids a success when something known was not written; 1.0 has no headers to
  /// tell it in, and its senders would only repeat the failure.
  private static List<String> notKept(WriteRequest request) {
    List<String> reasons = new ArrayList<>();
    if (request.histogramsSkipped() > 0) {
      reasons.add(
          "%d samples are native histograms, which are not kept; set send_native_histograms: false in the sender"
              .formatted(request.histogramsSkipped()));
    }
    if (request.exemplarsSkipped() > 0) {
      reasons.add(
          "%d exemplars are not kept; set send_exemplars: false in the sender"
              .formatted(request.exemplarsSkipped()));
    }
    return reasons;
  }

  private static void encode(
      String instance, Scrape scrape, RemoteWriteEncoder encoder, List<Outgoing> records) {
    byte[] body = encoder.encode(scrape);
    if (body.length <= MOST_RECORD_BYTES || scrape.size() == 1) {
      records.add(new Outgoing(instance, body));
      return;
    }
    int half = scrape.size() / 2;
    encode(instance, part(scrape, 0, half), encoder, records);
    encode(instance, part(scrape, half, scrape.size()), encoder, records);
  }

  private static Scrape part(Scrape scrape, int from, int to) {
    double[] values = new double[to - from];
    Arrays.setAll(values, i -> scrape.value(from + i));
    return new Scrape(
        new SeriesLayout(scrape.layout().series().subList(from, to)), scrape.timeMillis(), values);
  }
}
