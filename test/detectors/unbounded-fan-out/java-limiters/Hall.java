package hall;

import com.google.common.util.concurrent.RateLimiter;
import com.rabbitmq.client.Channel;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.TooManyRequestsResponse;
import java.io.IOException;
import java.util.List;

// The limit is for what asks it.
public class Hall {
    private final Channel rabbit;
    private final RateLimiter limiter = RateLimiter.create(0.2);

    public Hall(Channel rabbit) {
        this.rabbit = rabbit;
    }

    public void routes(Javalin app) {
        app.post("/invite", this::invite);
        app.post("/remind", this::remind);
    }

    private void invite(Context ctx) throws IOException {
        Invitation invitation = ctx.bodyAsClass(Invitation.class);
        for (String to : invitation.to()) {
            rabbit.basicPublish("", "mail", null, to.getBytes()); // want "^Each request to `/invite` sends 1 message \(`Channel.basicPublish`\) for each of `invitation.to\(\)`\. None of four"
        }
    }

    private void remind(Context ctx) throws IOException {
        if (!limiter.tryAcquire()) {
            throw new TooManyRequestsResponse();
        }
        Invitation invitation = ctx.bodyAsClass(Invitation.class);
        for (String to : invitation.to()) {
            rabbit.basicPublish("", "mail", null, to.getBytes());
        }
    }

    public record Invitation(String hall, List<String> to) {}
}
