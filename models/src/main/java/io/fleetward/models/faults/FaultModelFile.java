package io.fleetward.models.faults;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fleetward.models.faults.FaultTraining.Trained;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import org.tribuo.Model;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.protos.core.ModelProto;

/// A classifier as two files: Tribuo's protobuf, and properties with its digest, what it reads, and
/// its calibration.
public final class FaultModelFile {
  public static final String MODEL = "fault-kinds.pb";
  public static final String PROPERTIES = "fault-kinds.properties";

  private static final String FORMAT = "1";
  private static final int MOST_BYTES = 1 << 20;

  private FaultModelFile() {}

  /// Both files.
  @SuppressWarnings("ArrayRecordComponent") // handed over, compared by nobody
  public record Files(byte[] model, String properties) {}

  /// What came of reading both files.
  public sealed interface Restored {
    record Usable(FaultClassifier classifier) implements Restored {}

    record Rejected(String reason) implements Restored {}
  }

  /// @throws IllegalArgumentException if the model is larger than 1 MiB
  static Files write(Trained trained) {
    byte[] model = trained.model().serialize().toByteArray();
    if (model.length > MOST_BYTES) {
      throw new IllegalArgumentException("a model of %d bytes".formatted(model.length));
    }
    String properties =
        String.format(
            Locale.ROOT,
            "format=%s%nfeatures=%s%nsha256=%s%ntemperature=%.4f%nthreshold=%.2f%n",
            FORMAT,
            FaultFeatures.digest(),
            sha256(model),
            trained.calibration().temperature(),
            trained.calibration().threshold());
    return new Files(model, properties);
  }

  /// Reads what [#write] wrote. Nothing of the model is made before its digest, and the name of
  /// every class in it, are found to be right.
  public static Restored read(Files files) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(files.properties()));
    } catch (IOException | IllegalArgumentException e) {
      return new Restored.Rejected("%s cannot be read: %s".formatted(PROPERTIES, e.getMessage()));
    }
    if (!FORMAT.equals(properties.getProperty("format"))) {
      return new Restored.Rejected(
          "format %s of %s; this program reads format %s"
              .formatted(properties.getProperty("format"), PROPERTIES, FORMAT));
    }
    if (files.model().length > MOST_BYTES
        || !sha256(files.model()).equals(properties.getProperty("sha256"))) {
      return new Restored.Rejected(
          "%s was altered: its digest is not the one in %s".formatted(MODEL, PROPERTIES));
    }
    if (!FaultFeatures.digest().equals(properties.getProperty("features"))) {
      return new Restored.Rejected("the model was made for other features; train it again");
    }
    try {
      ModelProto proto = ModelProto.parseFrom(files.model());
      KnownClasses.check(proto);
      LinearSGDModel model = (LinearSGDModel) Model.deserialize(proto);
      Calibration calibration =
          new Calibration(
              Double.parseDouble(properties.getProperty("temperature", "")),
              Double.parseDouble(properties.getProperty("threshold", "")));
      return new Restored.Usable(new FaultClassifier(LinearScorer.of(model), calibration));
    } catch (InvalidProtocolBufferException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      return new Restored.Rejected("the model does not hold together: " + e.getMessage());
    }
  }

  static FaultClassifier shipped() {
    return switch (read(new Files(resource(MODEL), text(resource(PROPERTIES))))) {
      case Restored.Usable(FaultClassifier classifier) -> classifier;
      case Restored.Rejected(String reason) ->
          throw new IllegalStateException("the shipped fault classifier: " + reason);
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = FaultModelFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
