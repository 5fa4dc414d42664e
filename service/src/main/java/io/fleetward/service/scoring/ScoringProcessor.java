package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.Provenance;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.enrolment.ScrapeKeys;
import io.fleetward.service.fleet.FleetRecord;
import io.fleetward.service.fleet.HostForward;
import io.fleetward.service.fleet.PeerPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final Provenance UNKNOWN =
      new Provenance(false, "parts of it came before a take-over");
  private static final Duration LOOK_FOR_GONE = Duration.ofMinutes(5);

  private final PlanInForce plan;
  private final RemoteWriteDecoder decoder;
  private final Fitting fitting;
  private final ClassMembership membership;
  private final ScrapeKeys keys;
  private final ScoringMetrics metrics;
  private final Map<String, HostScoring> hosts = new HashMap<>();
  private final Map<String, HostSeal> seals = new HashMap<>();

  /// The components that were sent something of the record at hand.
  private final Set<String> told = new HashSet<>();

  private @Nullable FleetMarks marks;
  private @Nullable HostsSeen seen;
  private final SampleTable table = new SampleTable();
  private final Duration grace;

  /// Hosts with scrapes that are not due yet.
  private final Set<String> waiting = new LinkedHashSet<>();

  /// What is known of where these came from.
  private final Map<String, Provenance> provenances = new HashMap<>();

  private final PartitionClock clock = new PartitionClock();
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> store;

  ScoringProcessor(
      PlanInForce plan,
      RemoteWriteDecoder decoder,
      Fitting fitting,
      ClassMembership membership,
      ScrapeKeys keys,
      ScoringMetrics metrics,
      Duration grace) {
    this.grace = grace;
    this.keys = keys;
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
        now -> clock.afterSilence(now).ifPresent(this::scoreDue));
    FleetMarks ofPartition = new FleetMarks(context.taskId().partition());
    this.marks = ofPartition;
    context.schedule(
        FleetMarks.lookEvery(plan.get().fleet()),
        PunctuationType.WALL_CLOCK_TIME,
        now -> ofPartition.looked(plan.get().fleet(), now, (key, mark) -> tell(key, mark, now)));
    HostsSeen ofStore = new HostsSeen(stored());
    this.seen = ofStore;
    context.schedule(
        LOOK_FOR_GONE,
        PunctuationType.WALL_CLOCK_TIME,
        now -> forgetHosts(ofPartition.brokerMillis(plan.get().fleet(), now)));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (isFromFleet()) {
      take(record);
      return;
    }
    metrics.received();
    if (context != null) {
      clock.heard(record.timestamp(), context.currentSystemTimeMs());
    }
    read(record);
    if (marks != null && context != null) {
      marks.heard(
          plan.get().fleet(),
          record.timestamp(),
          context.currentSystemTimeMs(),
          told,
          (key, mark) -> tell(key, mark, record.timestamp()));
    }
    told.clear();
  }

  private boolean isFromFleet() {
    return context != null
        && context
            .recordMetadata()
            .filter(metadata -> metadata.topic().equals(Topics.RESULTS))
            .isPresent();
  }

  /// Hands what rules across hosts recorded to the host that it is about, if that is known.
  private void take(Record<String, byte[]> record) {
    String instance = record.key();
    if (instance != null
        && record.value() != null
        && decoder.decode(record.value(), Version.V2)
            instanceof RemoteWriteDecoder.Decoded.Accepted(var results)) {
      HostScoring known = hosts.get(instance);
      HostScoring host = known == null ? open(instance) : known;
      host.take(results, record.value());
      if (host.isKnown()) {
        hosts.put(instance, host);
      }
    }
  }

  /// Tells those who look at hosts together.
  private void tellFleet(String instance, long at, HostScoring host) {
    int partition = marks == null ? 0 : marks.partition();
    for (HostForward.Outgoing outgoing : host.outgoing(at)) {
      tell(outgoing.key(), new FleetRecord.Samples(partition, at, instance, outgoing.bodies()), at);
      told.add(outgoing.key());
    }
    host.peerRecord(partition, at)
        .ifPresent(row -> {
          String key = PeerPlan.keyOf(membership.start().classOf().apply(row.instance()));
          forward(ScoringTopology.TO_FLEET, new Record<>(key, row.toBytes(), at));
        });
    if (seen != null) {
      seen.seen(instance, at);
    }
  }

  /// Frees the state of hosts that were not heard of for long.
  ///
  /// @param brokerMillis what the partition has come to
  private void forgetHosts(long brokerMillis) {
    long since = brokerMillis - plan.get().fleet().settings().forgetAfter().toMillis();
    HostsSeen known = Objects.requireNonNull(seen, "not initialised");
    for (String instance : known.unseenSince(since)) {
      HostScoring live = hosts.remove(instance);
      HostScoring host = live == null ? open(instance) : live;
      for (AlertMessage alert : host.dropAll()) {
        forward(
            ScoringTopology.ALERTS,
            new Record<>(instance, MessageCodec.encode(alert), brokerMillis));
        metrics.alert(alert.state());
      }
      host.close();
      new HostStore(stored(), instance).deleteAll();
      seals.remove(instance);
      waiting.remove(instance);
      provenances.remove(instance);
      known.forget(instance);
      metrics.forget(instance);
      metrics.forgotten();
      log.atInfo()
          .addKeyValue("instance", instance)
          .log("a host was not heard of for scoring.forget-after; its state is freed");
    }
  }

  private KeyValueStore<Bytes, byte[]> stored() {
    return Objects.requireNonNull(store, "not initialised");
  }

  private void tell(String key, FleetRecord record, long timestamp) {
    forward(ScoringTopology.TO_FLEET, new Record<>(key, record.toBytes(), timestamp));
  }

  private void read(Record<String, byte[]> record) {
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
          provenances.put(instance, provenance(record, instance));
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
            for (var due = host.acceptDue(now, table);
                due.isPresent();
                due = host.acceptDue(now, table)) {
              tell(instance, now, due.get(), provenances.getOrDefault(instance, UNKNOWN), host);
            }
            if (!host.waits()) {
              waiting.remove(instance);
            }
          });
    }
    told.clear();
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
              provenance(record, instance),
              host);
          metrics.scored(samples.size(), System.nanoTime() - begun);
        });
  }

  private Provenance provenance(Record<String, byte[]> record, String instance) {
    return seals
        .computeIfAbsent(instance, this::seal)
        .with(record, plan.get().plan().rules().retention());
  }

  private void tell(
      String instance,
      long at,
      List<AlertMessage> alerts,
      Provenance provenance,
      HostScoring host) {
    for (AlertMessage alert : alerts) {
      forward(
          ScoringTopology.ALERTS,
          new Record<>(instance, MessageCodec.encode(alert.from(provenance)), at));
      metrics.alert(alert.state());
    }
    for (FeatureRow row : host.rows()) {
      forward(ScoringTopology.FEATURES, new Record<>(instance, MessageCodec.encode(row), at));
    }
    tellFleet(instance, at, host);
    metrics.host(instance, host.gauge());
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

  private HostSeal seal(String instance) {
    return new HostSeal(instance, keys, new HostStore(stored(), instance), metrics::unproven);
  }

  private HostScoring open(String instance) {
    HostScoring host =
        new HostScoring(
            plan.get(),
            instance,
            new HostStore(stored(), instance),
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
    forward(
        ScoringTopology.DEAD_LETTERS,
        DeadLetter.of(
            record, code, reason, context == null ? Optional.empty() : context.recordMetadata()));
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
