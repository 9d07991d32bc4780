package harbour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.JdbcTemplate;

public class Pier {
    public static void main(String[] args) throws IOException {
        Horns horns = new Horns(new JdbcTemplate());
        Map<String, BiFunction<String, Integer, String>> commands = Map.of("sound", horns::sound);
        Map<String, BiFunction<String, Integer, String>> checks = Map.of("test", horns::test);
        ServerSocket listener = new ServerSocket(4100);
        while (true) {
            Socket socket = listener.accept();
            new Thread(() -> answer(socket, commands)).start();
        }
    }

    static void answer(Socket socket, Map<String, BiFunction<String, Integer, String>> commands) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
            String line;
            while ((line = lines.readLine()) != null) {
                commands.get(line).apply(line, 3);
            }
        } catch (IOException failure) {
            System.err.println(failure);
        }
    }
}
