package io.fleetward.rules.testing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fleetward.protocol.labels.Re2Expression;
import io.fleetward.rules.testing.ScriptCommand.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares errors, warnings and remarks with those that a test expects.
///
/// @param expected those of all kinds
record AnnotationCheck(List<Annotation> expected) {
  /// Compares an error.
  ///
  /// @return what is wrong, empty if nothing is
  Optional<String> failure(String message) {
    for (Annotation annotation : expected) {
      if (annotation.kind().equals("fail") && !matches(annotation, message)) {
        return Optional.of(
            "fails with \"%s\", not with \"%s\"".formatted(message, annotation.text()));
      }
    }
    return Optional.empty();
  }

  /// Compares warnings and remarks.
  ///
  /// @return what is wrong, empty if nothing is
  Optional<String> annotations(Set<String> given) {
    Optional<String> warnings = ofKind("warn", "PromQL warning: ", given);
    return warnings.isPresent() ? warnings : ofKind("info", "PromQL info: ", given);
  }

  private Optional<String> ofKind(String kind, String prefix, Set<String> all) {
    List<String> given = all.stream().filter(text -> text.startsWith(prefix)).toList();
    boolean none = expected.stream().anyMatch(one -> one.kind().equals("no_" + kind));
    if (none && !given.isEmpty()) {
      return Optional.of("has " + given);
    }
    List<Annotation> wanted = expected.stream().filter(one -> one.kind().equals(kind)).toList();
    for (Annotation annotation : wanted) {
      if (given.stream().noneMatch(text -> matches(annotation, text))) {
        return Optional.of("lacks %s %s, has %s".formatted(kind, annotation.text(), all));
      }
    }
    for (String text : given) {
      boolean isWanted = wanted.stream().anyMatch(annotation -> matches(annotation, text));
      if (!wanted.isEmpty() && !isWanted) {
        return Optional.of("has " + text);
      }
    }
    return Optional.empty();
  }

  private static boolean matches(Annotation annotation, String message) {
    return switch (annotation.match()) {
      case "msg" -> message.equals(annotation.text());
      case "regex" -> pattern(annotation.text()).matcher(message).find();
      default -> true;
    };
  }

  private static Pattern pattern(String text) {
    try {
      return Re2Expression.compile(text, 0);
    } catch (PatternSyntaxException e) {
      throw new InvalidTestException(
          "\"%s\" is not a valid RE2 expression: %s".formatted(text, e.getDescription()));
    }
  }
}
