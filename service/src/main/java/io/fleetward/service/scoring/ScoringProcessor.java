package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.protocol.topics.Headers;
import io.fleetward.service.scoring.ScoringMetrics.HostGauge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Owns the hosts of one partition. On the stream thread; never waits for anything outside.
///
/// A record that cannot be used goes to the dead letters with the reason, and the partition goes
/// on.
final class ScoringProcessor implements Processor<String, byte[], String, byte[]> {
  private static final Logger log = LoggerFactory.getLogger(ScoringProcessor.class);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /// A partition without records for so long is silent.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final PlanInForce plan;
  private final RemoteWriteDecoder decoder;
  private final Fitting fitting;
  private final ClassMembership membership;
  private final ScoringMetrics metrics;
  private final Map<String, HostScoring> hosts = new HashMap<>();
  private final SampleTable table = new SampleTable();
  private final Duration grace;

  /// Hosts with scrapes that are not due yet.
  private final Set<String> waiting = new LinkedHashSet<>();

  /// The newest broker's time, and when it was read, in ms.
  private long streamTime;

  private long readAt;
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> store;

  ScoringProcessor(
      PlanInForce plan,
      RemoteWriteDecoder decoder,
      Fitting fitting,
      ClassMembership membership,
      ScoringMetrics metrics,
      Duration grace) {
    this.grace = grace;
    this.membership = membership;
    this.plan = plan;
    this.decoder = decoder;
    this.fitting = fitting;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    this.store = context.getStateStore(ScoringTopology.STORE);
    context.schedule(LOOK, PunctuationType.STREAM_TIME, this::scoreDue);
    context.schedule(
        LOOK,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          // where records come, their times are the clock
          if (readAt > 0 && now - readAt >= SILENCE.toMillis()) {
            scoreDue(streamTime + now - readAt);
          }
        });
  }

  @Override
  public void process(Record<String, byte[]> record) {
    metrics.received();
    if (context != null) {
      streamTime = Math.max(streamTime, record.timestamp());
      readAt = context.currentSystemTimeMs();
    }
    switch (ScoringRecord.read(record, decoder, this::readKnown)) {
      case ScoringRecord.Unusable(String code, String reason) -> reject(record, code, reason);
      case ScoringRecord.Usable(
              String instance,
              Version version,
              boolean isWhole,
              Samples samples) -> {
        if (!isWhole && samples instanceof Samples.Labelled(WriteRequest request)) {
          offer(record, instance, request, version);
        } else {
          score(record, instance, samples, version);
        }
      }
    }
  }

  private Optional<Samples> readKnown(String instance, byte[] body, Version version) {
    HostScoring host = hosts.get(instance);
    return host == null || !host.follows(plan.get())
        ? Optional.empty()
        : host.readKnown(body, version, table);
  }

  /// Takes what may be a part of a scrape.
  private void offer(
      Record<String, byte[]> record, String instance, WriteRequest request, Version version) {
    guarded(
        instance,
        record,
        () -> {
          HostScoring host = hosts.computeIfAbsent(instance, this::open);
          host.offer(request, record.value(), version, record.timestamp());
          metrics.scored(request.samples(), 0);
          if (host.waits()) {
            waiting.add(instance);
          }
        });
  }

  /// Scores the scrapes that came in parts and are due.
  ///
  /// @param now the broker's time in ms
  private void scoreDue(long now) {
    for (String instance : waiting.isEmpty() ? List.<String>of() : List.copyOf(waiting)) {
      HostScoring host = hosts.get(instance);
      if (host == null) {
        waiting.remove(instance);
        continue;
      }
      guarded(
          instance,
          new Record<>(instance, new byte[0], now),
          () -> {
            host.follow(plan.get());
            for (var told = host.acceptDue(now, table);
                told.isPresent();
                told = host.acceptDue(now, table)) {
              tell(instance, now, told.get(), host);
            }
            if (!host.waits()) {
              waiting.remove(instance);
            }
          });
    }
  }

  private void score(
      Record<String, byte[]> record, String instance, Samples samples, Version version) {
    guarded(
        instance,
        record,
        () -> {
          long begun = System.nanoTime();
          HostScoring host = hosts.computeIfAbsent(instance, this::open);
          host.follow(plan.get());
          tell(
              instance,
              record.timestamp(),
              host.accept(samples, record.value(), version, record.timestamp()),
              host);
          metrics.scored(samples.size(), System.nanoTime() - begun);
        });
  }

  private void tell(String instance, long at, List<AlertMessage> alerts, HostScoring host) {
    for (AlertMessage alert : alerts) {
      forward(ScoringTopology.ALERTS, new Record<>(instance, MessageCodec.encode(alert), at));
      metrics.alert(alert.state());
    }
    for (FeatureRow row : host.rows()) {
      forward(ScoringTopology.FEATURES, new Record<>(instance, MessageCodec.encode(row), at));
    }
    metrics.host(
        instance,
        new HostGauge(
            host.models(true),
            host.models(false),
            host.series(),
            host.score(),
            host.aheadMillis() / 1e3));
  }

  /// Does something for a host. A failure must not stop the partition; what was half done to the
  /// live state goes with it.
  private void guarded(String instance, Record<String, byte[]> record, Runnable work) {
    try {
      work.run();
    } catch (KafkaException e) {
      // Streams' own way to say that the task has moved or has to begin again
      throw e;
    } catch (RuntimeException e) {
      Optional.ofNullable(hosts.remove(instance)).ifPresent(HostScoring::close);
      waiting.remove(instance);
      log.atError().addKeyValue("instance", instance).setCause(e).log("a record failed");
      reject(record, "failed", String.valueOf(e));
    }
  }

  private HostScoring open(String instance) {
    KeyValueStore<Bytes, byte[]> opened = store;
    if (opened == null) {
      throw new IllegalStateException("not initialised");
    }
    HostScoring host =
        new HostScoring(
            plan.get(),
            instance,
            new HostStore(opened, instance),
            decoder,
            fitting,
            membership,
            grace);
    host.restore();
    if (host.waits()) {
      waiting.add(instance);
    }
    return host;
  }

  private void reject(Record<String, byte[]> record, String code, String reason) {
    metrics.rejected(code);
    // A letter has to fit where the record did, so one that is too large goes without its value.
    Record<String, byte[]> letter =
        code.equals(ScoringRecord.TOO_LARGE)
            ? record.withValue(new byte[0])
            : record.withHeaders(record.headers());
    letter.headers().add(Headers.REASON, reason.getBytes(StandardCharsets.UTF_8));
    origin()
        .ifPresent(origin ->
            letter.headers().add(Headers.ORIGIN, origin.getBytes(StandardCharsets.UTF_8)));
    forward(ScoringTopology.DEAD_LETTERS, letter);
  }

  private Optional<String> origin() {
    return context == null
        ? Optional.empty()
        : context
            .recordMetadata()
            .map(origin ->
                "%s-%d@%d".formatted(origin.topic(), origin.partition(), origin.offset()));
  }

  private void forward(String child, Record<String, byte[]> record) {
    if (context != null) {
      context.forward(record, child);
    }
  }

  @Override
  public void close() {
    hosts.keySet().forEach(metrics::forget);
    hosts.values().forEach(HostScoring::close);
    hosts.clear();
  }
}
