import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayList;
import java.util.List;

class CargoHandler extends SimpleChannelInboundHandler<String> {
  private final List<String> crates = new ArrayList<>();

  // Each channel has a handler of its own, and that goes with it.
  static void receive(Channel channel) {
    channel.pipeline().addLast(new CargoHandler());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, String crate) {
    crates.add(crate);
  }
}
