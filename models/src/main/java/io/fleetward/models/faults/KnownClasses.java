package io.fleetward.models.faults;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tribuo.classification.protos.ImmutableLabelInfoProto;
import org.tribuo.classification.protos.LabelProto;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.math.protos.DenseTensorProto;
import org.tribuo.math.protos.LinearParametersProto;
import org.tribuo.protos.core.CategoricalIDInfoProto;
import org.tribuo.protos.core.ImmutableFeatureMapProto;
import org.tribuo.protos.core.RealIDInfoProto;

/// Reads the names of all classes in a serialised model, before Tribuo looks them up and makes
/// them.
final class KnownClasses {
  private static final int MOST_DEPTH = 40;

  /// What a fault classifier consists of, and what its provenance describes.
  private static final Set<String> ALLOWED =
      Set.of(
          "org.tribuo.CategoricalIDInfo",
          "org.tribuo.DataSource",
          "org.tribuo.ImmutableFeatureMap",
          "org.tribuo.MutableDataset",
          "org.tribuo.RealIDInfo",
          "org.tribuo.classification.ImmutableLabelInfo",
          "org.tribuo.classification.LabelFactory",
          "org.tribuo.classification.LabelFactory$LabelFactoryProvenance",
          "org.tribuo.classification.sgd.linear.LinearSGDModel",
          "org.tribuo.classification.sgd.linear.LinearSGDTrainer",
          "org.tribuo.classification.sgd.objectives.LogMulticlass",
          "org.tribuo.math.LinearParameters",
          "org.tribuo.math.la.DenseMatrix",
          "org.tribuo.math.optimisers.AdaGrad",
          "org.tribuo.math.util.ExpNormalizer",
          "org.tribuo.provenance.DatasetProvenance",
          "org.tribuo.provenance.ModelProvenance",
          "org.tribuo.provenance.SimpleDataSourceProvenance",
          "org.tribuo.provenance.impl.TrainerProvenanceImpl",
          "com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance");

  /// The messages that may stand in an `Any`.
  private static final Map<String, Descriptor> MESSAGES =
      Stream.of(
              CategoricalIDInfoProto.getDescriptor(),
              ClassificationLinearSGDProto.getDescriptor(),
              DenseTensorProto.getDescriptor(),
              ImmutableFeatureMapProto.getDescriptor(),
              ImmutableLabelInfoProto.getDescriptor(),
              LabelProto.getDescriptor(),
              LinearParametersProto.getDescriptor(),
              RealIDInfoProto.getDescriptor())
          .collect(Collectors.toMap(Descriptor::getFullName, type -> type));

  private KnownClasses() {}

  /// @throws IllegalArgumentException if a class or a message is not allowed
  /// @throws InvalidProtocolBufferException if a part is not what it says
  static void check(Message message) throws InvalidProtocolBufferException {
    check(message, 0);
  }

  private static void check(Message message, int depth) throws InvalidProtocolBufferException {
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException("nested too deeply");
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      List<?> values =
          field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
      for (Object value : values) {
        if (value instanceof Message inner) {
          check(unpacked(inner), depth + 1);
        } else if (field.getKey().getJavaType() == JavaType.STRING
            && field.getKey().getName().endsWith("class_name")
            && !ALLOWED.contains(value)) {
          throw new IllegalArgumentException("the class %s is not allowed".formatted(value));
        }
      }
    }
  }

  private static Message unpacked(Message message) throws InvalidProtocolBufferException {
    if (!message.getDescriptorForType().equals(Any.getDescriptor())) {
      return message;
    }
    Any any = Any.parseFrom(message.toByteString());
    String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
    Descriptor type = MESSAGES.get(name);
    if (type == null) {
      throw new IllegalArgumentException("the message %s is not allowed".formatted(name));
    }
    return DynamicMessage.parseFrom(type, any.getValue());
  }
}
