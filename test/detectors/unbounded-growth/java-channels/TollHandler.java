import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayList;
import java.util.List;

class TollHandler extends SimpleChannelInboundHandler<String> {
  private final List<String> tolls = new ArrayList<>();

  @Override
  protected void channelRead0(ChannelHandlerContext context, String toll) {
    tolls.add(toll); // want "`TollHandler.tolls` only ever grows"
  }
}
