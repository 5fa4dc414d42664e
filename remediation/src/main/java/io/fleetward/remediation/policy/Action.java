package io.fleetward.remediation.policy;

import com.google.re2j.Pattern;
import java.util.Map;

/// A named, typed repair as the catalogue describes it.
///
/// @param parameters the pattern of each parameter, by name; a value has to match it whole
/// @param evidence the independent signal that shows whether it worked, for a person
/// @param undo name of the action that takes it back; empty if nothing does
public record Action(
    String name, Map<String, Pattern> parameters, Risk risk, String evidence, String undo) {
  public Action {
    parameters = Map.copyOf(parameters);
  }

  /// Whether the action has such a parameter and would take this value for it.
  public boolean takes(String parameter, String value) {
    Pattern pattern = parameters.get(parameter);
    return pattern != null && pattern.matches(value);
  }

  /// The pattern of a parameter as written; empty if there is no such parameter.
  public String patternOf(String parameter) {
    Pattern pattern = parameters.get(parameter);
    return pattern == null ? "" : pattern.pattern();
  }
}
