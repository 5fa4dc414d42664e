package io.fleetward.protocol.messages;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;

/// Tells Jackson what the compiler already knows: a record's component has to be there and must not
/// be null, unless its type says [Nullable].
final class RequiredFields extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    return isRequired(member) ? Boolean.TRUE : super.hasRequiredMarker(member);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    return isRequired(annotated)
        ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
        : super.findSetterInfo(annotated);
  }

  private static boolean isRequired(Annotated annotated) {
    if (!(annotated instanceof AnnotatedParameter parameter)) {
      return false;
    }
    Class<?> type = parameter.getDeclaringClass();
    if (!type.isRecord()) {
      return false;
    }
    AnnotatedElement component =
        type.getRecordComponents()[parameter.getIndex()].getAnnotatedType();
    return !component.isAnnotationPresent(Nullable.class);
  }
}
