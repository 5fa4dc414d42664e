package io.fleetward.protocol.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;

/// SIGHUP, which daemons take for a wish to read their files again.
///
/// The JDK offers signals only as `sun.misc.Signal`, which the compiler refuses to name without a
/// warning; so it is called by reflection, and a JDK without it leaves the signal alone.
public final class HangupSignal {
  private HangupSignal() {}

  /// Runs an action each time the signal comes, on a thread of the JVM's, which must not wait.
  ///
  /// @return why the signal cannot be listened to; empty if it can
  @SuppressWarnings("ReferenceEquality") // it is what equality of a proxy means
  public static Optional<String> whenItComes(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object running =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield proxy;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> arguments != null && arguments[0] == proxy;
                    default -> "reload at SIGHUP";
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), running);
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      Throwable reason =
          e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
      return Optional.of(reason.toString());
    }
  }
}
