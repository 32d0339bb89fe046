import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.plugin.hive.InternalHiveConnectorFactory;
import io.trino.spi.Plugin;
import io.trino.spi.connector.*;
import java.nio.file.Path;
import java.util.*;

/** The hive connector over plain local files: the stock factory of 435 insists on an HDFS bundle. */
public class LocalHive implements Plugin, ConnectorFactory {
    public Iterable<ConnectorFactory> getConnectorFactories() { return List.of(this); }

    public String getName() { return "hive_local"; }

    public Connector create(String catalog, Map<String, String> config, ConnectorContext context) {
        var rest = new HashMap<>(config);
        var files = new LocalFileSystemFactory(Path.of(rest.remove("local.location")));
        return InternalHiveConnectorFactory.createConnector(
                catalog, rest, context, binder -> {}, Optional.empty(), Optional.of(files), Optional.empty());
    }
}
