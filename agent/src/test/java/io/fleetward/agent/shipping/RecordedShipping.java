package io.fleetward.agent.shipping;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Remembers what became of records. Thread safe.
class RecordedShipping implements ShippingEvents {
  final List<String> dropped = new CopyOnWriteArrayList<>();
  final AtomicInteger connected = new AtomicInteger();
  final AtomicInteger spooled = new AtomicInteger();
  final AtomicInteger spoolFailures = new AtomicInteger();

  @Override
  public void produced(String topic) {}

  @Override
  public void spooled(int count) {
    spooled.addAndGet(count);
  }

  @Override
  public void dropped(String reason, int count) {
    dropped.add(reason);
  }

  @Override
  public void spoolFailed(String reason) {
    spoolFailures.incrementAndGet();
  }

  @Override
  public void connected() {
    connected.incrementAndGet();
  }

  @Override
  public void oldestDropped(long records) {
    dropped.add("spool-full");
  }

  @Override
  public void damaged(String file, long bytes, long records) {
    dropped.add("spool-damaged");
  }
}
