package io.fleetward.models.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Carries the state of a part out of it or back into it, value by value in one order, so that what
/// is written and what is read cannot part ways.
sealed interface StateTape {
  /// Hands `value` out and returns it, or returns the value that takes its place.
  double number(double value) throws IOException;

  long whole(long value) throws IOException;

  void numbers(double[] values) throws IOException;

  void numbers(float[] values) throws IOException;

  default int whole(int value) throws IOException {
    return (int) whole((long) value);
  }

  default boolean flag(boolean value) throws IOException {
    return whole(value ? 1L : 0L) == 1L;
  }

  /// Counts the bytes that a recording takes.
  final class Measuring implements StateTape {
    private int bytes;

    int bytes() {
      return bytes;
    }

    @Override
    public double number(double value) {
      bytes += Double.BYTES;
      return value;
    }

    @Override
    public long whole(long value) {
      bytes += Long.BYTES;
      return value;
    }

    @Override
    public void numbers(double[] values) {
      bytes += values.length * Double.BYTES;
    }

    @Override
    public void numbers(float[] values) {
      bytes += values.length * Float.BYTES;
    }
  }

  record Recording(ByteBuffer out) implements StateTape {
    @Override
    public double number(double value) {
      out.putDouble(value);
      return value;
    }

    @Override
    public long whole(long value) {
      out.putLong(value);
      return value;
    }

    @Override
    public void numbers(double[] values) {
      out.asDoubleBuffer().put(values);
      out.position(out.position() + values.length * Double.BYTES);
    }

    @Override
    public void numbers(float[] values) {
      out.asFloatBuffer().put(values);
      out.position(out.position() + values.length * Float.BYTES);
    }
  }

  record Replaying(ByteBuffer in) implements StateTape {
    @Override
    public double number(double value) {
      return in.getDouble();
    }

    @Override
    public long whole(long value) {
      return in.getLong();
    }

    @Override
    public void numbers(double[] values) {
      in.asDoubleBuffer().get(values);
      in.position(in.position() + values.length * Double.BYTES);
    }

    @Override
    public void numbers(float[] values) {
      in.asFloatBuffer().get(values);
      in.position(in.position() + values.length * Float.BYTES);
    }
  }
}
