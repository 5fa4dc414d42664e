package io.fleetward.service.configuration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP, which daemons take for a wish to read their files again.
///
/// The JDK offers signals only as `sun.misc.Signal`, which the compiler refuses to name without a
/// warning; so it is called by reflection, and a JDK without it leaves the signal alone.
final class HangupSignal {
  private static final Logger log = LoggerFactory.getLogger(HangupSignal.class);

  private HangupSignal() {}

  /// Runs an action each time the signal comes, on a thread of the JVM's, which must not wait.
  @SuppressWarnings("ReferenceEquality") // it is what equality of a proxy means
  static void whenItComes(Runnable action) {
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
    } catch (ReflectiveOperationException e) {
      Throwable reason =
          e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
      log.atWarn()
          .addKeyValue("reason", reason)
          .log("SIGHUP cannot be listened to; reload with POST /api/v1/reload");
    }
  }
}
