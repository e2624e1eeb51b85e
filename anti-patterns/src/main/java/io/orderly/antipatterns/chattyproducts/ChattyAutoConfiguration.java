package io.orderly.antipatterns.chattyproducts;

import io.orderly.order.OrderServiceApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

@AutoConfiguration
@ConditionalOnClass(OrderServiceApplication.class)
@ConditionalOnBean(OrderServiceApplication.class)
@EnableConfigurationProperties(ChattyProperties.class)
@Import({ChattyProducts.class, ChattyProductController.class})
class ChattyAutoConfiguration {}
