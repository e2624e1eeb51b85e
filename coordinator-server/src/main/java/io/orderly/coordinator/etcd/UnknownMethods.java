package io.orderly.coordinator.etcd;

import io.grpc.BindableService;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses calls of methods that do not exist, with the texts of etcd's server. */
final class UnknownMethods extends HandlerRegistry {

    private final Set<String> services;

    /** @param services the existing services */
    UnknownMethods(List<BindableService> services) {
        this.services = services.stream()
                .map(service -> service.bindService().getServiceDescriptor().getName())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String fullName, @Nullable String authority) {
        MethodDescriptor<InputStream, InputStream> method = MethodDescriptor.<InputStream, InputStream>newBuilder()
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(fullName)
                .setRequestMarshaller(new Unread())
                .setResponseMarshaller(new Unread())
                .build();
        Status refusal = Status.UNIMPLEMENTED.withDescription(textFor(fullName));
        ServerCallHandler<InputStream, InputStream> handler = (call, _) -> {
            call.close(refusal, new Metadata());
            return new ServerCall.Listener<>() {};
        };
        return ServerMethodDefinition.create(method, handler);
    }

    private String textFor(String fullName) {
        String service = MethodDescriptor.extractFullServiceName(fullName);
        return service != null && services.contains(service)
                ? "unknown method %s for service %s"
                        .formatted(MethodDescriptor.extractBareMethodName(fullName), service)
                : "unknown service " + service;
    }

    private static final class Unread implements MethodDescriptor.Marshaller<InputStream> {

        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    }
}
