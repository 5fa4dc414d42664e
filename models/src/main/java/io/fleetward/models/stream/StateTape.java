package io.fleetward.models.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

  record Recording(DataOutput out) implements StateTape {
    @Override
    public double number(double value) throws IOException {
      out.writeDouble(value);
      return value;
    }

    @Override
    public long whole(long value) throws IOException {
      out.writeLong(value);
      return value;
    }

    @Override
    public void numbers(double[] values) throws IOException {
      for (double value : values) {
        out.writeDouble(value);
      }
    }

    @Override
    public void numbers(float[] values) throws IOException {
      for (float value : values) {
        out.writeFloat(value);
      }
    }
  }

  record Replaying(DataInput in) implements StateTape {
    @Override
    public double number(double value) throws IOException {
      return in.readDouble();
    }

    @Override
    public long whole(long value) throws IOException {
      return in.readLong();
    }

    @Override
    public void numbers(double[] values) throws IOException {
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
    }

    @Override
    public void numbers(float[] values) throws IOException {
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readFloat();
      }
    }
  }
}
