package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.Provenance;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.enrolment.ScrapeKeys;
import io.fleetward.service.fleet.FleetRecord;
import io.fleetward.service.fleet.HostForward;
import io.fleetward.service.fleet.PeerPlan;
import io.fleetward.service.scoring.ScoringMetrics.HostGauge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> store;

  ScoringProcessor(
      PlanInForce plan,
      RemoteWriteDecoder decoder,
      Fitting fitting,
      ClassMembership membership,
      ScrapeKeys keys,
      ScoringMetrics metrics) {
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
      try {
        HostScoring known = hosts.get(instance);
        HostScoring host = known == null ? open(instance) : known;
        host.take(results, record.value());
        if (host.isKnown()) {
          hosts.put(instance, host);
        }
      } catch (KafkaException e) {
        throw e;
      } catch (RuntimeException e) {
        Optional.ofNullable(hosts.remove(instance)).ifPresent(HostScoring::close);
        log.atError()
            .addKeyValue("instance", instance)
            .setCause(e)
            .log("results of rules across hosts cannot be taken in");
      }
    }
  }

  private void tellPeers(HostScoring host, Record<String, byte[]> record) {
    int partition = marks == null ? 0 : marks.partition();
    host.peerRecord(partition, record.timestamp())
        .ifPresent(row -> {
          String key = PeerPlan.keyOf(membership.start().classOf().apply(row.instance()));
          forward(ScoringTopology.TO_FLEET, new Record<>(key, row.toBytes(), record.timestamp()));
        });
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
      case ScoringRecord.Usable(String instance, Version version, Samples samples) ->
          score(record, instance, samples, version);
    }
  }

  private Optional<Samples> readKnown(String instance, byte[] body, Version version) {
    HostScoring host = hosts.get(instance);
    return host == null || !host.follows(plan.get())
        ? Optional.empty()
        : host.readKnown(body, version, table);
  }

  private void score(
      Record<String, byte[]> record, String instance, Samples samples, Version version) {
    try {
      long begun = System.nanoTime();
      HostScoring host = hosts.computeIfAbsent(instance, this::open);
      host.follow(plan.get());
      Provenance provenance =
          seals
              .computeIfAbsent(instance, this::seal)
              .with(record, plan.get().plan().rules().retention());
      for (AlertMessage alert : host.accept(samples, record.value(), version, record.timestamp())) {
        forward(
            ScoringTopology.ALERTS,
            new Record<>(
                instance, MessageCodec.encode(alert.from(provenance)), record.timestamp()));
        metrics.alert(alert.state());
      }
      for (FeatureRow row : host.rows()) {
        forward(
            ScoringTopology.FEATURES,
            new Record<>(instance, MessageCodec.encode(row), record.timestamp()));
      }
      for (HostForward.Outgoing outgoing : host.outgoing(record.timestamp())) {
        int partition = marks == null ? 0 : marks.partition();
        tell(
            outgoing.key(),
            new FleetRecord.Samples(partition, record.timestamp(), instance, outgoing.bodies()),
            record.timestamp());
        told.add(outgoing.key());
      }
      tellPeers(host, record);
      if (seen != null) {
        seen.seen(instance, record.timestamp());
      }
      metrics.scored(samples.size(), System.nanoTime() - begun);
      metrics.host(
          instance,
          new HostGauge(host.models(true), host.models(false), samples.series(), host.score()));
    } catch (KafkaException e) {
      // Streams' own way to say that the task has moved or has to begin again
      throw e;
    } catch (RuntimeException e) {
      // One record must not stop the partition. What it half did to the live state goes with it.
      Optional.ofNullable(hosts.remove(instance)).ifPresent(HostScoring::close);
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
            plan.get(), instance, new HostStore(stored(), instance), decoder, fitting, membership);
    host.restore(table);
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
