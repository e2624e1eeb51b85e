package io.orderly.stack.coordinator;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three processes on the loopback interface that provide the API of etcd to the services: the coordinator of this repository, or etcd. No
 * other process waits for them; the services are stopped before them.
 */
public sealed interface Coordinators permits CoordinatorCluster, EtcdCluster {

    /**
     * Checks what can be checked before anything is started or deleted.
     *
     * @throws ProcessFailure if the product is not installed; the message says how to install it
     */
    static void requireInstalled(Product product) {
        if (product == Product.ETCD && EtcdServer.find().isEmpty()) {
            throw notInstalled();
        }
    }

    /**
     * The cluster of a product.
     *
     * @param home the root of the repository
     * @param data the data folder, in which each member has a folder of its own
     * @param links how clients connect to the members and, with the coordinator of this repository, these to each other
     * @throws ProcessFailure if the product is not built or not installed, or the data folder was used with the other product
     */
    static Coordinators of(Product product, Path home, DataFolder data, CoordinatorPorts ports, Links links) {
        requireSameProduct(product, data);
        return switch (product) {
            case ORDERLY -> new CoordinatorCluster(home, data, ports, links);
            case ETCD -> new EtcdCluster(EtcdServer.find().orElseThrow(Coordinators::notInstalled), data, ports, links);
        };
    }

    /** The names of the members, which are those of their processes. */
    List<String> members();

    /** The processes of all members. They start together, since a member is ready when it knows a leader. */
    List<ProcessPlan> processes();

    /** Where clients reach the members, in the order of the members. */
    List<URI> clientUrls();

    /** The base URLs of the members' REST API, in the order of the members; empty if they have none. */
    List<URI> restUrls();

    /** Lines to print, with the addresses of the members. */
    String addresses();

    /** The programs that a class archive makes faster to start; empty if the members are no Java programs. */
    Optional<ServicePrograms> programs();

    /**
     * Where a client reaches the members, as {@code host:port}, in the order of the members.
     *
     * @param client the name of its end of the links
     */
    List<String> clientAddresses(String client);

    /** Whether a process of this name is a member of a cluster. */
    static boolean isMember(String process) {
        return Stream.of(Product.values())
                .anyMatch(product -> membersOf(product).contains(process));
    }

    /**
     * The databases contain the tokens of partitions that the members have given. Those of another cluster would begin below them, and be
     * refused as stale.
     */
    private static void requireSameProduct(Product product, DataFolder data) {
        for (Product other : Product.values()) {
            boolean isUsed = membersOf(other).stream().map(data::of).anyMatch(Files::exists);
            if (other != product && isUsed) {
                throw new ProcessFailure(
                        "%s was used with --coordinator %s, and its databases contain tokens of partitions from there; add --coordinator %s, delete all data with --fresh, or use another --data folder"
                                .formatted(data.root(), other, other));
            }
        }
    }

    private static List<String> membersOf(Product product) {
        return switch (product) {
            case ORDERLY -> CoordinatorCluster.MEMBERS;
            case ETCD -> EtcdCluster.MEMBERS;
        };
    }

    /** URLs for a line of text. */
    static String listed(List<URI> urls) {
        return urls.stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    private static ProcessFailure notInstalled() {
        return new ProcessFailure("--coordinator etcd needs etcd, which is not on the PATH. " + EtcdServer.INSTALL);
    }
}
