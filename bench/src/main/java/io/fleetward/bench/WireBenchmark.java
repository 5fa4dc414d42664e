package io.fleetward.bench;

import com.github.luben.zstd.Zstd;
import io.fleetward.bench.CpuTimer.Cost;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.topics.Headers;
import java.util.Arrays;
import java.util.List;

/// What one scrape of one host costs on its way to and from the topic.
final class WireBenchmark implements Benchmark {
  static final Goal ENCODE = Goal.atMost("encode", 50, "ns/sample");
  static final Goal DECODE = Goal.atMost("decode", 1_000, "ns/sample");
  static final Goal SIZE = Goal.atMost("size after zstd", 16, "bytes/sample");

  private static final long SEED = 20_261_101;
  private static final int SCRAPES = 256;
  private static final int ZSTD_LEVEL = 3;

  @Override
  public String name() {
    return "wire";
  }

  @Override
  public String description() {
    return "remote-write 2.0 encoding and decoding of one host's scrape of 293 series";
  }

  @Override
  public Measurement run(Effort effort) {
    HostScrapes host = new HostScrapes(SEED);
    Scrape[] scrapes = new Scrape[SCRAPES];
    Arrays.setAll(scrapes, _ -> host.next());
    RemoteWriteEncoder encoder = new RemoteWriteEncoder();
    byte[][] bodies = new byte[SCRAPES][];
    Arrays.setAll(bodies, i -> encoder.encode(scrapes[i]));

    CpuTimer timer = new CpuTimer(effort);
    Cost encode = timer.time(i -> encoder.encode(scrapes[i % SCRAPES]).length);
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
    Cost decode = timer.time(i -> samples(decoder.decode(bodies[i % SCRAPES], Version.V2)));

    ScrapeKey key = ScrapeKey.of(new byte[ScrapeKey.BYTES]);
    Cost seal = timer.time(i -> seal(key, bodies[i % SCRAPES]).length());
    String[] seals = Arrays.stream(bodies).map(body -> seal(key, body)).toArray(String[]::new);
    Cost check = timer.time(i -> isSealed(key, seals[i % SCRAPES], bodies[i % SCRAPES]) ? 1 : 0);

    double samples = (double) SCRAPES * HostScrapes.SERIES;
    double raw = Arrays.stream(bodies).mapToInt(body -> body.length).sum() / samples;
    double compressed =
        Arrays.stream(bodies).mapToInt(body -> Zstd.compress(body, ZSTD_LEVEL).length).sum()
            / samples;
    return new Measurement(
        List.of(
            ENCODE.judge(encode.nanos() / HostScrapes.SERIES),
            DECODE.judge(decode.nanos() / HostScrapes.SERIES),
            SIZE.judge(compressed)),
        List.of(
            perSample("encode, slowest round", encode.slowest()),
            perSample("decode, slowest round", decode.slowest()),
            new Figure("encode allocates", encode.bytes(), "bytes/scrape"),
            new Figure("decode allocates", decode.bytes(), "bytes/scrape"),
            new Figure("seal", seal.nanos() / 1e3, "us/scrape"),
            new Figure("seal allocates", seal.bytes(), "bytes/scrape"),
            new Figure("check a seal", check.nanos() / 1e3, "us/scrape"),
            new Figure("size", raw * HostScrapes.SERIES, "bytes/scrape"),
            new Figure("size", raw, "bytes/sample"),
            new Figure("size after zstd", compressed * HostScrapes.SERIES, "bytes/scrape")));
  }

  private static String seal(ScrapeKey key, byte[] body) {
    return key.seal("bench", Headers.REMOTE_WRITE_2, body);
  }

  private static boolean isSealed(ScrapeKey key, String seal, byte[] body) {
    return key.verifies(seal, "bench", Headers.REMOTE_WRITE_2, body);
  }

  private static Figure perSample(String name, double nanosAScrape) {
    return new Figure(name, nanosAScrape / HostScrapes.SERIES, "ns/sample");
  }

  private static long samples(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Accepted(var request) -> request.samples();
      case Decoded.Rejected(String reason, int offset) ->
          throw new IllegalStateException(
              "own scrape rejected at %d: %s".formatted(offset, reason));
    };
  }
}
