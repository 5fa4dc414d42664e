package io.fleetward.agent.plans;

import io.fleetward.agent.shipping.BrokerClock;
import io.fleetward.agent.shipping.BrokerConnection;
import io.fleetward.protocol.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads plans and heartbeats on a thread of its own. It begins where it stopped, but never more
/// than two minutes back.
public final class PlanConsumer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PlanConsumer.class);
  private static final Duration REACH_BACK = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private final String instance;
  private final BrokerConnection connection;
  private final PlanPositions positions;
  private final BrokerClock clock;
  private final PlanDesk desk;
  private final HeartbeatBoard heartbeats;
  private final PlanEvents events;
  private final Thread thread;
  private volatile boolean isClosing;

  private PlanConsumer(
      String instance,
      BrokerConnection connection,
      PlanPositions positions,
      BrokerClock clock,
      PlanDesk desk,
      HeartbeatBoard heartbeats,
      PlanEvents events) {
    this.instance = instance;
    this.connection = connection;
    this.positions = positions;
    this.clock = clock;
    this.desk = desk;
    this.heartbeats = heartbeats;
    this.events = events;
    this.thread = Thread.ofPlatform().daemon().name("fleetward-plans").unstarted(this::run);
  }

  /// @param state the agent's state folder
  /// @throws IOException if the folder holds positions that cannot be read
  public static PlanConsumer of(
      String instance,
      BrokerConnection connection,
      java.nio.file.Path state,
      BrokerClock clock,
      PlanDesk desk,
      HeartbeatBoard heartbeats,
      PlanEvents events)
      throws IOException {
    return new PlanConsumer(
        instance, connection, PlanPositions.open(state), clock, desk, heartbeats, events);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    boolean isTold = false;
    while (!isClosing) {
      try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(connection.consumer())) {
        assign(consumer);
        isTold = false;
        while (!isClosing) {
          for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
            take(message);
          }
        }
      } catch (WakeupException | InterruptException _) {
        // asked to close, which the loop sees
      } catch (KafkaException | IOException e) {
        if (!isTold) {
          isTold = true;
          log.atWarn()
              .addKeyValue("reason", e.getMessage())
              .log("plans cannot be read, so none will be run; trying again every few seconds");
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException _) {
      // asked to close, which the loop sees
    }
  }

  private void assign(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(Topics.PLANS, Topics.HEARTBEATS)) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        throw new KafkaException("topic %s does not exist; is a service running?".formatted(topic));
      }
      found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> from = new HashMap<>();
    long since = clock.now().orElseGet(Instant::now).minus(REACH_BACK).toEpochMilli();
    partitions.forEach(partition -> from.put(partition, since));
    Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(from);
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, position(partition, start == null ? end : start.offset(), end));
    }
  }

  /// Where to begin: not before `start`, and not before what was read already.
  private long position(TopicPartition partition, long start, long end) {
    if (!partition.topic().equals(Topics.PLANS)) {
      return start;
    }
    OptionalLong stored = positions.next(partition.partition());
    boolean isUsable = stored.isPresent() && stored.getAsLong() <= end;
    return isUsable ? Math.max(start, stored.getAsLong()) : start;
  }

  private void take(ConsumerRecord<String, byte[]> message) throws IOException {
    events.received(message.topic());
    byte[] value = message.value();
    if (value == null) {
      return;
    }
    boolean isBrokerTime = message.timestampType() == TimestampType.LOG_APPEND_TIME;
    Instant appendedAt = isBrokerTime ? Instant.ofEpochMilli(message.timestamp()) : null;
    if (message.topic().equals(Topics.HEARTBEATS)) {
      heartbeats.offer(new ArrivedHeartbeat(value, message.offset(), appendedAt));
    } else if (instance.equals(message.key())) {
      positions.set(message.partition(), message.offset() + 1);
      desk.receive(new ArrivedPlan(value, appendedAt));
    }
  }

  @Override
  public void close() {
    isClosing = true;
    thread.interrupt();
    try {
      thread.join(3_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
