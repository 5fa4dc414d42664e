package io.fleetward.agent.shipping;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Records that wait for the broker, bounded by bytes: when it is full the oldest go that may be
/// dropped. Thread safe.
final class RecordQueue {
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final ArrayDeque<OutgoingRecord> records = new ArrayDeque<>();
  private long bytes;
  private boolean isClosed;

  RecordQueue(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /// Adds a record.
  ///
  /// @return how many older ones had to go
  int add(OutgoingRecord newest) {
    lock.lock();
    try {
      int dropped = 0;
      Iterator<OutgoingRecord> oldest = records.iterator();
      while (bytes + newest.bytes() > mostBytes && oldest.hasNext()) {
        OutgoingRecord next = oldest.next();
        if (next.mayBeDropped()) {
          oldest.remove();
          bytes -= next.bytes();
          dropped++;
        }
      }
      records.addLast(newest);
      bytes += newest.bytes();
      added.signal();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /// Takes the oldest record, waiting for one; empty when the queue is closed and has no more.
  Optional<OutgoingRecord> take() throws InterruptedException {
    lock.lock();
    try {
      while (records.isEmpty() && !isClosed) {
        added.await();
      }
      if (records.isEmpty()) {
        return Optional.empty();
      }
      OutgoingRecord oldest = records.removeFirst();
      bytes -= oldest.bytes();
      return Optional.of(oldest);
    } finally {
      lock.unlock();
    }
  }

  /// Puts a record back as the oldest.
  void putBack(OutgoingRecord oldest) {
    lock.lock();
    try {
      records.addFirst(oldest);
      bytes += oldest.bytes();
      added.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Lets [#take] end once nothing waits any more.
  void close() {
    lock.lock();
    try {
      isClosed = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
