package io.orderly.antipatterns.twophasecommit.shipping;

import io.orderly.shipping.ShippingService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;

@AutoConfiguration
@ConditionalOnClass(ShippingService.class)
@ConditionalOnBean(ShippingService.class)
@Import({ShipmentBranch.class, ShipmentBranchController.class})
class ShipmentBranchAutoConfiguration {}
