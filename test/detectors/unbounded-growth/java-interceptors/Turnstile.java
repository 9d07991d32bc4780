package harbour;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

class Turnstile implements HandlerInterceptor {
    private final Map<String, Integer> visits = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        visits.put(request.getRemoteAddr(), 1); // want "^.Turnstile\.visits. only ever grows: each call of .Turnstile\.preHandle. may add"
        return true;
    }
}

class Gate extends OncePerRequestFilter {
    private final Map<String, Integer> passed = new ConcurrentHashMap<>();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        passed.put(request.getHeader("X-Ship"), 1); // want "^.Gate\.passed. only ever grows"
    }
}

class Radio extends TextWebSocketHandler {
    private final Map<String, Integer> heard = new ConcurrentHashMap<>();

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        heard.put(message.getPayload(), 1); // want "^.Radio\.heard. only ever grows"
    }
}

interface Step {
    boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler);
}

// What the program itself asks for.
class Rope implements Step {
    private final Map<String, Integer> tied = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        tied.put(request.getRemoteAddr(), 1);
        return true;
    }
}
