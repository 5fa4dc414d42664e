package io.fleetward.protocol.metrics;

import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.util.Arrays;
import java.util.Optional;

/// How the bodies of one sender are laid out, learnt from one that the decoder accepted: the bytes
/// of its symbols and of the labels of each series. Another body with the same bytes in these
/// places has the same series, so that only times and values have to be read; of any other body
/// nothing is taken, and the decoder reads it.
///
/// Immutable; the body is kept, not copied.
public final class BodyLayout {
  private static final int VERSION_1_SERIES = (1 << 3) | ProtobufReader.BYTES;
  private static final int VERSION_2_SERIES = (5 << 3) | ProtobufReader.BYTES;
  private static final int SAMPLES = (2 << 3) | ProtobufReader.BYTES;
  private static final int VALUE = (1 << 3) | ProtobufReader.FIXED64;
  private static final int TIMESTAMP = 2 << 3;

  private final byte[] model;
  private final Version version;
  private final int mostSamples;

  /// How many bytes come before the first series.
  private final int prefix;

  /// Where the labels of each series begin and end in the model.
  private final int[] labels;

  private BodyLayout(byte[] model, Version version, int mostSamples, int prefix, int[] labels) {
    this.model = model;
    this.version = version;
    this.mostSamples = mostSamples;
    this.prefix = prefix;
    this.labels = labels;
  }

  /// Learns from a body; empty if it holds anything besides symbols, and series with labels first
  /// and samples behind.
  ///
  /// @param request what the decoder read from it
  static Optional<BodyLayout> of(
      byte[] body, Version version, WriteRequest request, DecodeLimits limits) {
    if (request.histogramsSkipped() > 0 || request.series().isEmpty()) {
      return Optional.empty();
    }
    try {
      int[] labels = new int[2 * request.series().size()];
      ProtobufReader reader = new ProtobufReader(body, KnownTexts.FEW);
      int prefix = prefixOf(reader, version);
      int found = 0;
      while (reader.hasMore()) {
        if (found == labels.length || reader.tag() != seriesTag(version)) {
          return Optional.empty();
        }
        int outer = reader.enter(reader.length());
        labels[found++] = reader.position();
        labels[found++] = labelsEnd(reader);
        reader.leave(outer);
      }
      BodyLayout layout = new BodyLayout(body, version, limits.samples(), prefix, labels);
      boolean isWhole = found == labels.length && layout.read(body, version, new SampleTable());
      return isWhole ? Optional.of(layout) : Optional.empty();
    } catch (RejectedBodyException _) {
      // cannot be: the decoder has read it
      return Optional.empty();
    }
  }

  private static int seriesTag(Version version) {
    return version == Version.V1 ? VERSION_1_SERIES : VERSION_2_SERIES;
  }

  /// Passes over what stands before the first series.
  private static int prefixOf(ProtobufReader reader, Version version) throws RejectedBodyException {
    while (reader.hasMore()) {
      int start = reader.position();
      int tag = reader.tag();
      if (tag == seriesTag(version)) {
        reader.rewind(start);
        return start;
      }
      reader.skip(tag);
    }
    return reader.position();
  }

  /// Passes over a series and tells where its first sample begins.
  private static int labelsEnd(ProtobufReader reader) throws RejectedBodyException {
    int end = -1;
    while (reader.hasMore()) {
      int start = reader.position();
      int tag = reader.tag();
      end = tag == SAMPLES && end < 0 ? start : end;
      reader.skip(tag);
    }
    return end < 0 ? reader.position() : end;
  }

  /// Reads a body of this layout.
  ///
  /// @param samples then hold what the decoder would read from it; else they are undefined
  /// @return whether it has this layout
  public boolean read(byte[] body, Version ofVersion, SampleTable samples) {
    samples.clear();
    if (ofVersion != version
        || body.length < prefix
        || !Arrays.equals(model, 0, prefix, body, 0, prefix)) {
      return false;
    }
    ProtobufReader reader = new ProtobufReader(body, KnownTexts.FEW);
    reader.skipBytes(prefix);
    try {
      int series = 0;
      for (int at = 0; at < labels.length; at += 2, series++) {
        if (!reader.hasMore() || reader.tag() != seriesTag(version)) {
          return false;
        }
        int outer = reader.enter(reader.length());
        if (!reader.skipIfEqual(model, labels[at], labels[at + 1])
            || !readSamples(reader, series, samples)) {
          return false;
        }
        reader.leave(outer);
      }
      return !reader.hasMore() && samples.size() <= mostSamples;
    } catch (RejectedBodyException _) {
      // the decoder says what is wrong with it
      return false;
    }
  }

  /// Reads to the end of a series; false if it has no samples, or anything else.
  private static boolean readSamples(ProtobufReader reader, int series, SampleTable samples)
      throws RejectedBodyException {
    int before = samples.size();
    while (reader.hasMore()) {
      if (reader.tag() != SAMPLES) {
        return false;
      }
      int outer = reader.enter(reader.length());
      long time = 0;
      double value = 0;
      while (reader.hasMore()) {
        int tag = reader.tag();
        if (tag == VALUE) {
          value = Double.longBitsToDouble(reader.fixed64());
        } else if (tag == TIMESTAMP) {
          time = reader.varint();
        } else {
          return false;
        }
      }
      reader.leave(outer);
      samples.add(series, time, value);
    }
    return samples.size() > before;
  }
}
