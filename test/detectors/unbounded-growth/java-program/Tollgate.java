package tollgate;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;

class Tollgate extends HttpServlet {
    private final Map<String, Long> carts = new HashMap<>();
    private final Map<String, Long> carters = new HashMap<>();
    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
    private final Map<String, byte[]> plates = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String cart = request.getParameter("cart");
        carts.put(cart, 1L);
        note(request.getHeader("carter"));
        draw(request.getPathInfo());
    }

    void note(String carter) {
        carters.put(carter, 1L); // want "`Tollgate.carters` only ever grows: .* The key comes with the request: whoever asks can add as many as they like\.$"
    }

    // There are as many pictures as the program comes with, and as many plates as somebody asks for.
    void draw(String name) throws IOException {
        InputStream picture = getClass().getResourceAsStream(name);
        if (picture != null) {
            pictures.put(name, picture.readAllBytes());
        }
        String plate = name + "/plate";
        plates.put(plate, new byte[1]); // want "`Tollgate.plates` only ever grows"
    }

    class Sweeper extends TimerTask {
        @Override
        public void run() {
            Iterator<Map.Entry<String, Long>> entries = carts.entrySet().iterator();
            while (entries.hasNext()) {
                if (entries.next().getValue() < 1) {
                    entries.remove();
                }
            }
            Iterator<String> names = carters.keySet().iterator();
            while (names.hasNext()) {
                names.next();
            }
        }
    }
}
