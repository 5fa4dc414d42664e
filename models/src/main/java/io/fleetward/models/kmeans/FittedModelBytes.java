package io.fleetward.models.kmeans;

import io.fleetward.models.calibration.TailCalibration;
import io.fleetward.models.kmeans.FittedModel.Restored;
import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A fitted model as bytes: magic and version, body, CRC-32C of all before it; big-endian.
///
/// The checksum finds damage; who may write models is the store's concern.
final class FittedModelBytes {
  private static final int MAGIC = 0x46574B01; // "FWK", version 1
  private static final int CHECKSUM_BYTES = 4;
  private static final int MOST_BYTES = 4 << 20;

  private FittedModelBytes() {}

  static byte[] write(FittedModel model) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      writeProvenance(out, model.provenance());
      out.writeInt(model.used().length);
      for (int i = 0; i < model.used().length; i++) {
        out.writeInt(model.used()[i]);
        out.writeUTF(model.directions().get(i).name());
      }
      writeArray(out, model.scaling().medians());
      writeArray(out, model.scaling().scales());
      writeArray(out, model.centroids().values());
      out.writeDouble(model.calibration().effectiveRows());
      out.writeDouble(model.calibration().tailScale());
      writeArray(out, model.calibration().distances());
      writeArray(out, model.calibration().sharesBeyond());
      out.writeInt((int) checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array cannot fail to take bytes
    }
    return bytes.toByteArray();
  }

  private static void writeProvenance(DataOutputStream out, ModelProvenance provenance)
      throws IOException {
    out.writeUTF(provenance.model());
    out.writeInt(provenance.features().size());
    for (String feature : provenance.features()) {
      out.writeUTF(feature);
    }
    out.writeLong(provenance.learnt());
    out.writeLong(provenance.firstRow());
    out.writeInt(provenance.rows());
    out.writeDouble(provenance.effectiveRows());
    out.writeLong(provenance.seed());
    out.writeLong(provenance.fittedAt().toEpochMilli());
    out.writeUTF(provenance.tribuo());
  }

  private static void writeArray(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static Restored read(byte[] bytes) {
    if (bytes.length < 2 * CHECKSUM_BYTES || bytes.length > MOST_BYTES) {
      return new Restored.Rejected("not a model: %d bytes".formatted(bytes.length));
    }
    int magic = ByteBuffer.wrap(bytes).getInt();
    if (magic != MAGIC) {
      return new Restored.Rejected(
          magic >>> 8 == MAGIC >>> 8
              ? "a model of format version %d; this program reads version %d"
                  .formatted(magic & 0xff, MAGIC & 0xff)
              : "not a model: it does not begin as one");
    }
    int body = bytes.length - CHECKSUM_BYTES;
    if (ByteBuffer.wrap(bytes).getInt(body) != (int) checksum(bytes, body)) {
      return new Restored.Rejected("the model was altered: its checksum does not match");
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes, 4, body - 4))) {
      FittedModel model = readBody(in);
      return in.read() == -1
          ? new Restored.Usable(model)
          : new Restored.Rejected("the model has bytes beyond its end");
    } catch (IOException | IllegalArgumentException e) {
      return new Restored.Rejected("the model does not hold together: " + e.getMessage());
    }
  }

  private static FittedModel readBody(DataInputStream in) throws IOException {
    ModelProvenance provenance = readProvenance(in);
    int rowLength = provenance.features().size();
    int width = readCount(in, rowLength);
    int[] used = new int[width];
    List<Direction> directions = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      used[i] = in.readInt();
      check(used[i] >= (i == 0 ? 0 : used[i - 1] + 1) && used[i] < rowLength, "feature order");
      directions.add(Direction.valueOf(in.readUTF()));
    }
    double[] medians = readArray(in, width, width);
    double[] scales = readArray(in, width, width);
    double[] centroids = readArray(in, width, width * ModelSpecification.KMeans.MOST_CENTROIDS);
    check(centroids.length % width == 0, "centroids");
    for (double scale : scales) {
      check(scale > 0, "scale");
    }
    double effectiveRows = in.readDouble();
    double tailScale = in.readDouble();
    double[] distances = readArray(in, 1, TailCalibration.MOST_KNOTS);
    double[] shares = readArray(in, 1, TailCalibration.MOST_KNOTS);
    return new FittedModel(
        provenance,
        used,
        directions,
        new RobustScaling(medians, scales, directions),
        new Centroids(width, centroids),
        TailCalibration.of(effectiveRows, tailScale, distances, shares));
  }

  private static ModelProvenance readProvenance(DataInputStream in) throws IOException {
    String model = in.readUTF();
    int count = readCount(in, ModelSpecification.MOST_FEATURES);
    List<String> features = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      features.add(in.readUTF());
    }
    return new ModelProvenance(
        model,
        features,
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readDouble(),
        in.readLong(),
        Instant.ofEpochMilli(in.readLong()),
        in.readUTF());
  }

  private static int readCount(DataInputStream in, int most) throws IOException {
    int count = in.readInt();
    check(count >= 1 && count <= most, "count");
    return count;
  }

  private static double[] readArray(DataInputStream in, int least, int most) throws IOException {
    int length = in.readInt();
    check(length >= least && length <= most && length <= in.available() / Double.BYTES, "length");
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readDouble();
      check(Double.isFinite(values[i]), "number");
    }
    return values;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what + " out of bounds");
    }
  }

  private static long checksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }
}
