package io.orderly.coordinator.gateway;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Objects;

/** A method of a gRPC service that the gateway serves. */
record Route(MethodDescriptor<Message, Message> method) {

    /** @throws IllegalArgumentException if the method is not of protobuf messages */
    @SuppressWarnings("unchecked")
    static Route of(MethodDescriptor<?, ?> method) {
        if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier)) {
            throw new IllegalArgumentException(method.getFullMethodName() + " has no messages of protobuf");
        }
        return new Route((MethodDescriptor<Message, Message>) method);
    }

    /** The request with no field set. */
    Message emptyRequest() {
        var marshaller = (MethodDescriptor.PrototypeMarshaller<Message>) method.getRequestMarshaller();
        return Objects.requireNonNull(marshaller.getMessagePrototype());
    }

    boolean hasManyRequests() {
        return !method.getType().clientSendsOneMessage();
    }

    boolean hasManyResponses() {
        return !method.getType().serverSendsOneMessage();
    }
}
