import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class MoveHandler extends SimpleChannelInboundHandler<String> {
  private static final Map<String, List<String>> MOVES = new HashMap<>();
  private static final Map<String, ChannelHandlerContext> PLAYERS = new HashMap<>();

  @Override
  public void channelActive(ChannelHandlerContext context) {
    PLAYERS.put(context.name(), context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    PLAYERS.remove(context.name());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, String move) {
    MOVES.computeIfAbsent(move, key -> new ArrayList<>()).add(move); // want "`MoveHandler.MOVES` only ever grows"
  }
}
