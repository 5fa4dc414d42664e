package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.ToIntFunction;

/// Finds the functions of single values by name.
final class ElementFunctions {
  private ElementFunctions() {}

  /// @throws IllegalArgumentException if no function of a single value has this name
  static ElementFunction of(String name) {
    return switch (name) {
      case "abs" -> (v, _, _) -> Math.abs(v);
      case "ceil" -> (v, _, _) -> Math.ceil(v);
      case "floor" -> (v, _, _) -> Math.floor(v);
      case "exp" -> (v, _, _) -> Math.exp(v);
      case "ln" -> (v, _, _) -> Math.log(v);
      case "log10" -> (v, _, _) -> Math.log10(v);
      case "log2" -> (v, _, _) -> log2(v);
      case "sqrt" -> (v, _, _) -> Math.sqrt(v);
      case "sgn" -> (v, _, _) -> Math.signum(v);
      case "deg" -> (v, _, _) -> v * 180 / Math.PI;
      case "rad" -> (v, _, _) -> v * Math.PI / 180;
      case "round" -> (v, nearest, _) -> Math.floor(v * (1 / nearest) + 0.5) / (1 / nearest);
      case "clamp_min" -> (v, least, _) -> Math.max(v, least);
      case "clamp_max" -> (v, most, _) -> Math.min(v, most);
      case "clamp" -> ElementFunctions::clamp;
      default -> trigonometric(name);
    };
  }

  private static ElementFunction trigonometric(String name) {
    return switch (name) {
      case "sin" -> (v, _, _) -> Math.sin(v);
      case "cos" -> (v, _, _) -> Math.cos(v);
      case "tan" -> (v, _, _) -> Math.tan(v);
      case "asin" -> (v, _, _) -> Math.asin(v);
      case "acos" -> (v, _, _) -> Math.acos(v);
      case "atan" -> (v, _, _) -> Math.atan(v);
      case "sinh" -> (v, _, _) -> Math.sinh(v);
      case "cosh" -> (v, _, _) -> Math.cosh(v);
      case "tanh" -> (v, _, _) -> Math.tanh(v);
      case "asinh" -> (v, _, _) -> asinh(v);
      case "acosh" -> (v, _, _) -> Math.log(v + Math.sqrt(v * v - 1));
      case "atanh" -> (v, _, _) -> 0.5 * Math.log1p(2 * v / (1 - v));
      default -> calendar(name);
    };
  }

  private static ElementFunction calendar(String name) {
    return switch (name) {
      case "minute" -> date(ZonedDateTime::getMinute);
      case "hour" -> date(ZonedDateTime::getHour);
      case "day_of_week" -> date(time -> time.getDayOfWeek().getValue() % 7);
      case "day_of_month" -> date(ZonedDateTime::getDayOfMonth);
      case "day_of_year" -> date(ZonedDateTime::getDayOfYear);
      case "days_in_month" -> date(time -> time.toLocalDate().lengthOfMonth());
      case "month" -> date(ZonedDateTime::getMonthValue);
      case "year" -> date(ZonedDateTime::getYear);
      default -> throw new IllegalArgumentException("no function of a value: " + name);
    };
  }

  private static double log2(double value) {
    double rough = Math.log(value) / Math.log(2);
    double whole = Math.rint(rough);
    return Math.abs(whole) < 1000 && Math.pow(2, whole) == value ? whole : rough;
  }

  private static double asinh(double value) {
    double size = Math.abs(value);
    double result =
        Double.isInfinite(size) ? size : Math.log1p(size + size * size / (1 + Math.hypot(1, size)));
    return Math.copySign(result, value);
  }

  private static double clamp(double value, double least, double most) {
    return most < least ? StaleMarker.VALUE : Math.max(least, Math.min(most, value));
  }

  private static ElementFunction date(ToIntFunction<ZonedDateTime> part) {
    return (seconds, _, _) -> {
      try {
        return part.applyAsInt(Instant.ofEpochSecond((long) seconds).atZone(ZoneOffset.UTC));
      } catch (DateTimeException _) {
        // beyond the years that Java's calendar has
        return Double.NaN;
      }
    };
  }
}
