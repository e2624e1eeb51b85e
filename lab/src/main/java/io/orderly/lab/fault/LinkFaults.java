package io.orderly.lab.fault;

import io.orderly.lab.fault.Fault.Cut;
import io.orderly.lab.fault.Fault.Latency;
import io.orderly.lab.fault.Fault.Loss;
import io.orderly.lab.fault.Fault.OfLink;
import io.orderly.lab.fault.Fault.OfTraffic;
import io.orderly.lab.fault.Fault.Refuse;
import io.orderly.lab.fault.Fault.Reset;
import io.orderly.lab.fault.Fault.Slow;
import io.orderly.lab.fault.proxy.Direction;
import io.orderly.lab.fault.proxy.LinkConditions;
import io.orderly.lab.fault.proxy.TcpProxy;
import io.orderly.lab.fault.proxy.TcpProxy.ImpairmentCounts;
import io.orderly.stack.link.Link;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Injects faults into links. Faults of the same link are combined. */
final class LinkFaults {

    private final ProxiedLinks links;
    private final List<OfLink> active = new ArrayList<>();

    LinkFaults(ProxiedLinks links) {
        this.links = links;
    }

    synchronized Injection inject(OfLink fault) {
        TcpProxy proxy = proxyOf(fault);
        Injection injection = switch (fault) {
            case OfTraffic traffic -> new Counted(traffic, proxy);
            case Refuse refuse -> new Refused(refuse, proxy);
            case Reset reset -> new Counted(reset, proxy);
        };
        active.add(fault);
        apply(proxy, fault.link());
        return injection;
    }

    /** Cuts all links of a process. */
    Injection isolate(String process) {
        List<Injection> cuts = links.linksOf(process).stream()
                .map(link -> inject(new Cut(link.name(), null)))
                .toList();
        if (cuts.isEmpty()) {
            throw new FaultInjectionException("process", "must have links of its own, and " + process + " has none");
        }
        return new Injection() {

            @Override
            public Effect effect() {
                List<Effect> effects = cuts.stream().map(Injection::effect).toList();
                long effective = effects.stream().filter(Effect::tookEffect).count();
                return new Effect(
                        effective > 0, "packets were delayed on %d of %d links".formatted(effective, cuts.size()));
            }

            @Override
            public void heal() {
                cuts.forEach(Injection::heal);
            }
        };
    }

    private TcpProxy proxyOf(OfLink fault) {
        Link link;
        try {
            link = Link.named(fault.link());
        } catch (IllegalArgumentException e) {
            throw new FaultInjectionException("link", "must be one of " + links.names());
        }
        return links.proxy(link)
                .orElseThrow(() -> new FaultInjectionException("link", "must be one of " + links.names()));
    }

    private synchronized void heal(OfLink fault, TcpProxy proxy) {
        // faults are values: of two equal faults, one is removed
        if (active.remove(fault)) {
            apply(proxy, fault.link());
        }
    }

    private void apply(TcpProxy proxy, String link) {
        for (Direction direction : Direction.values()) {
            proxy.set(
                    direction,
                    on(link).filter(each -> each instanceof OfTraffic traffic && appliesTo(traffic, direction))
                            .map(each -> conditions((OfTraffic) each))
                            .reduce(LinkConditions.UNIMPAIRED, LinkConditions::and));
        }
        proxy.refuse(on(link).anyMatch(Refuse.class::isInstance));
        proxy.reset(on(link).anyMatch(Reset.class::isInstance));
    }

    private Stream<OfLink> on(String link) {
        return active.stream().filter(each -> each.link().equals(link));
    }

    private static boolean appliesTo(OfTraffic fault, Direction direction) {
        return fault.direction() == null || fault.direction() == direction;
    }

    private static LinkConditions conditions(OfTraffic fault) {
        return switch (fault) {
            case Latency latency ->
                LinkConditions.delayed(
                        Duration.ofMillis(latency.delayMillis()),
                        Duration.ofMillis(Objects.requireNonNull(latency.jitterMillis())));
            case Loss loss -> LinkConditions.lossy(loss.share());
            case Cut _ -> LinkConditions.severed();
            case Slow slow -> LinkConditions.limited(slow.bytesPerSecond());
        };
    }

    /** The proxy's count for a fault. */
    private static long countOf(OfLink fault, TcpProxy proxy) {
        return switch (fault) {
            case Latency latency -> sum(latency, proxy, ImpairmentCounts::delayed);
            case Loss loss -> sum(loss, proxy, ImpairmentCounts::lost);
            case Cut cut -> sum(cut, proxy, ImpairmentCounts::held);
            case Slow slow -> sum(slow, proxy, ImpairmentCounts::slowed);
            case Reset _ -> proxy.resets();
            case Refuse _ -> 0;
        };
    }

    private static long sum(OfTraffic fault, TcpProxy proxy, ToLongFunction<ImpairmentCounts> count) {
        return Stream.of(Direction.values())
                .filter(direction -> appliesTo(fault, direction))
                .mapToLong(direction -> count.applyAsLong(proxy.impairments(direction)))
                .sum();
    }

    /** A fault whose effect the proxy counts. */
    private final class Counted implements Injection {

        private final OfLink fault;
        private final TcpProxy proxy;
        private final long before;
        private long healedAt = -1;

        Counted(OfLink fault, TcpProxy proxy) {
            this.fault = fault;
            this.proxy = proxy;
            this.before = countOf(fault, proxy);
        }

        @Override
        public synchronized Effect effect() {
            long count = (healedAt < 0 ? countOf(fault, proxy) : healedAt) - before;
            String what = fault instanceof Reset ? "connections were reset" : "packets were delayed";
            return new Effect(count > 0, count + " " + what);
        }

        @Override
        public synchronized void heal() {
            if (healedAt < 0) {
                healedAt = countOf(fault, proxy);
                LinkFaults.this.heal(fault, proxy);
            }
        }
    }

    /** A fault that the kernel implements, so only a connection attempt shows its effect. */
    private final class Refused implements Injection {

        private final Refuse fault;
        private final TcpProxy proxy;
        private boolean seen;

        Refused(Refuse fault, TcpProxy proxy) {
            this.fault = fault;
            this.proxy = proxy;
        }

        @Override
        public Effect effect() {
            if (!seen) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
                    return new Effect(false, "a connection was accepted at port " + socket.getPort());
                } catch (ConnectException e) {
                    seen = true;
                } catch (IOException e) {
                    return new Effect(false, e.toString());
                }
            }
            return new Effect(true, "a connection was refused at port " + proxy.port());
        }

        @Override
        public void heal() {
            effect();
            LinkFaults.this.heal(fault, proxy);
        }
    }
}
