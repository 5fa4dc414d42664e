package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.service.fleet.FleetPlan.Component;
import io.fleetward.service.fleet.FleetRecord;
import io.fleetward.service.fleet.PeerPlan;
import io.fleetward.service.fleet.PeerRecord;
import io.fleetward.service.scoring.PlanInForce.Active;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second stage: owns the components of one partition of the topic between the stages. On the
/// stream thread; a function of what that topic holds, so that reading it again gives the same.
final class FleetProcessor implements Processor<String, byte[], String, byte[]> {
  private static final Logger log = LoggerFactory.getLogger(FleetProcessor.class);

  private final PlanInForce plan;
  private final ScoringMetrics metrics;
  private final Map<String, ComponentScoring> components = new HashMap<>();
  private final Map<String, PeerScoring> classes = new HashMap<>();
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> store;
  private @Nullable Active followed;

  FleetProcessor(PlanInForce plan, ScoringMetrics metrics) {
    this.plan = plan;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    this.store = context.getStateStore(ScoringTopology.COMPONENTS);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Active active = plan.get();
    if (!active.equals(followed)) {
      follow(active);
      followed = active;
    }
    if (PeerPlan.isKey(record.key())) {
      compare(record, active);
      return;
    }
    Component component = active.fleet().components().get(record.key());
    Optional<FleetRecord> read =
        record.value() == null ? Optional.empty() : FleetRecord.fromBytes(record.value());
    if (component == null || read.isEmpty()) {
      // from an instance of the service with other rules, or of another release
      return;
    }
    try {
      components
          .computeIfAbsent(record.key(), key -> open(key, active, component))
          .take(read.get(), record.value(), record.timestamp(), new Forwarded());
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      // One record must not stop the partition. What it half did to the live state goes with it.
      Optional.ofNullable(components.remove(record.key())).ifPresent(ComponentScoring::close);
      metrics.componentFailed();
      log.atError()
          .addKeyValue("component", record.key())
          .setCause(e)
          .log("a component failed on a record; it is made again from its store");
    }
  }

  /// Compares the hosts of a class.
  private void compare(Record<String, byte[]> record, Active active) {
    PeerPlan plan = active.fleet().peers();
    if (plan == null || record.value() == null) {
      return;
    }
    PeerRecord.fromBytes(record.value())
        .ifPresent(row ->
            classes
                .computeIfAbsent(record.key(), key -> open(key, plan, active))
                .take(row, record.value(), new Forwarded()));
  }

  private PeerScoring open(String key, PeerPlan plan, Active active) {
    PeerScoring opened =
        new PeerScoring(plan, active.fleet().settings(), new HostStore(stored(), key));
    opened.restore();
    return opened;
  }

  /// Ends components that are not in force any more and lets the others go over.
  private void follow(Active active) {
    Map<String, Component> inForce = active.fleet().components();
    // made again from the store, under the features in force
    classes.clear();
    components
        .values()
        .removeIf(component -> {
          Component next = inForce.get(component.key());
          if (next == null) {
            component.end(new Forwarded());
          } else {
            component.follow(active, next);
          }
          return next == null;
        });
    for (String key : storedKeys()) {
      if (!PeerPlan.isKey(key) && !inForce.containsKey(key)) {
        end(key, active);
      }
    }
  }

  /// Ends a component that a former owner left and that has no rules any more.
  private void end(String key, Active active) {
    ComponentStore left = new ComponentStore(new HostStore(stored(), key));
    long at = left.clock().map(ComponentStore.Clock::lastTick).orElse(0L);
    Instant tick = Instant.ofEpochMilli(at);
    AlertFeed.Circumstances circumstances =
        new AlertFeed.Circumstances(tick, tick, null, List.of());
    for (var alert : left.alerts()) {
      new AlertFeed(AlertMessage.ofGroup(alert.group()), active.plan())
          .dropped(List.of(alert), circumstances)
          .forEach(message -> new Forwarded().alert(alert.group(), message));
    }
    left.deleteAll();
  }

  private Set<String> storedKeys() {
    Set<String> keys = new TreeSet<>();
    HostStore.forEachOwner(stored(), keys::add);
    return keys;
  }

  private ComponentScoring open(String key, Active active, Component component) {
    ComponentScoring opened =
        new ComponentScoring(
            key, active, component, new ComponentStore(new HostStore(stored(), key)));
    opened.restore();
    return opened;
  }

  private KeyValueStore<Bytes, byte[]> stored() {
    return Objects.requireNonNull(store, "not initialised");
  }

  /// Sends what ticks yield.
  private final class Forwarded implements ComponentScoring.Output, PeerScoring.Output {
    @Override
    public void alert(String group, AlertMessage message) {
      send(
          ScoringTopology.FLEET_ALERTS,
          new Record<>(
              message.instance(),
              MessageCodec.encode(message),
              message.evaluatedAt().toEpochMilli()));
      metrics.alert(message.state());
    }

    @Override
    public void result(String instance, byte[] body, long tick) {
      send(ScoringTopology.RESULTS, new Record<>(instance, body, tick));
    }

    @Override
    public void forgotten(String instance) {
      log.atInfo()
          .addKeyValue("instance", instance)
          .log("a host was silent for so long that rules across hosts forget it");
    }

    @Override
    public void ticked() {
      metrics.ticked();
    }

    private void send(String child, Record<String, byte[]> record) {
      if (context != null) {
        context.forward(record, child);
      }
    }
  }

  @Override
  public void close() {
    components.values().forEach(ComponentScoring::close);
    components.clear();
    classes.clear();
  }
}
