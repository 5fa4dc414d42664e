package io.fleetward.rules.template;

import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.SyntaxProblem;

/// A template that cannot be read, or that meets something it cannot work with.
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean hasPlace;

  TemplateException(String message) {
    this(message, false);
  }

  private TemplateException(String message, boolean hasPlace) {
    super(message, null, false, false);
    this.hasPlace = hasPlace;
  }

  /// What is wrong at a place of a template, from 0.
  static TemplateException at(String text, int start, String message) {
    SyntaxProblem problem = SyntaxProblem.at(text, new Place(start, start), message);
    return new TemplateException(message, false).at(problem.line() + ":" + problem.column());
  }

  /// The same with line and column, unless it says where already.
  TemplateException at(String place) {
    return hasPlace ? this : new TemplateException(place + ": " + reason(), true);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
