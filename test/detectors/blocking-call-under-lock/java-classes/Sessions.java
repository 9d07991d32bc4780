import java.util.HashMap;
import java.util.Map;

/** Who asks for something by its class gets one of that class. */
class Sessions {
  private final Map<Class<?>, Object> made = new HashMap<>();

  <D> D become(final Class<D> type) {
    Object found = lookUp(type);
    return type.cast(found);
  }

  String nameOf(Class<?> type) {
    return type.getName();
  }

  private Object lookUp(Class<?> type) {
    return made.get(type);
  }
}
