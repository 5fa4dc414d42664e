package io.fleetward.agent.shipping;

import java.time.Duration;
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
  private boolean isWoken;

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

  /// Takes the oldest record, waiting for one; empty if there is none in time, after [#wake], and
  /// when the queue [#isEnded].
  Optional<OutgoingRecord> take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (records.isEmpty() && !isClosed && !isWoken && left > 0) {
        left = added.awaitNanos(left);
      }
      isWoken = false;
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

  /// Lets whoever waits in [#take], or is about to, look at other things.
  void wake() {
    lock.lock();
    try {
      isWoken = true;
      added.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Lets [#take] give out what there is and wait no more.
  void close() {
    lock.lock();
    try {
      isClosed = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it is closed and has no more.
  boolean isEnded() {
    lock.lock();
    try {
      return isClosed && records.isEmpty();
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
