/** Stands in for the launcher of trino-server-main, which Maven Central does not serve. */
public class OutlayTrino {
    public static void main(String[] args) {
        new io.trino.server.Server().start(args[0]);
    }
}
