package io.fleetward.protocol.topics;

/// The names and values of Kafka record headers.
public final class Headers {
  /// What the record's value is.
  public static final String CONTENT_TYPE = "content-type";

  /// A remote-write 2.0 request, uncompressed protobuf (Kafka compresses the batch).
  public static final String REMOTE_WRITE_2 =
      "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  /// A remote-write 1.0 request, uncompressed protobuf.
  public static final String REMOTE_WRITE_1 =
      "application/x-protobuf;proto=prometheus.WriteRequest";

  /// Present (value `1`) where the record holds a host's whole scrape, so that rules may run at
  /// once.
  public static final String COMPLETE = "complete";

  /// Present (value `1`) where the record waited on its host while the broker was away and newer
  /// scrapes of the host may have gone before it: history, not news.
  public static final String REPLAYED = "replayed";

  /// The seal of a host's scrape, see [io.fleetward.protocol.signing.ScrapeKey]. What has no valid
  /// one is scored, never acted upon.
  public static final String SEAL = "seal";

  /// Why a dead letter could not be decoded.
  public static final String REASON = "reason";

  /// Where a dead letter lay before: `topic-partition@offset`.
  public static final String ORIGIN = "origin";

  private Headers() {}
}
