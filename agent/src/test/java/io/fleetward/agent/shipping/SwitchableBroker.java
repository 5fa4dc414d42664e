package io.fleetward.agent.shipping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A producer whose broker can be switched off and on. While it is off, records wait as they do in
/// Kafka's producer, until they are told to have expired. Thread safe.
final class SwitchableBroker extends MockProducer<String, byte[]> {
  private record Held(ProducerRecord<String, byte[]> message, Callback callback) {}

  private final List<ProducerRecord<String, byte[]>> stored = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private boolean isUp = true;

  SwitchableBroker() {
    super(false, null, new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<String, byte[]> message, Callback callback) {
    if (isUp) {
      store(message, callback);
    } else {
      held.add(new Held(message, callback));
    }
    return new CompletableFuture<>();
  }

  private void store(ProducerRecord<String, byte[]> message, Callback callback) {
    stored.add(message);
    callback.onCompletion(
        new RecordMetadata(new TopicPartition(message.topic(), 0), 0, 0, message.timestamp(), 0, 0),
        null);
  }

  synchronized void goAway() {
    isUp = false;
  }

  /// Takes records again, those first that wait.
  synchronized void comeBack() {
    isUp = true;
    held.forEach(one -> store(one.message(), one.callback()));
    held.clear();
  }

  /// Lets what waits fail.
  void expire() {
    fail(new TimeoutException("expired"));
  }

  /// Says of what waits that it will never be taken.
  void refuse() {
    fail(new RecordTooLargeException("too large"));
  }

  /// What the real one does, except that this one can be used again.
  @Override
  public void close(Duration patience) {
    expire();
  }

  /// As one step, so that nothing is taken between the failure of what waits and its being told.
  private synchronized void fail(RuntimeException failure) {
    List<Held> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(one -> one.callback().onCompletion(null, failure));
  }

  synchronized int waiting() {
    return held.size();
  }

  synchronized List<ProducerRecord<String, byte[]>> stored() {
    return List.copyOf(stored);
  }
}
