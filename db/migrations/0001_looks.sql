ALTER TABLE `experiments` ADD `looks_launched` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `experiments` ADD `looks_taken` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Until now there was one look, taken when the last training had ended.
UPDATE `experiments` SET `looks_taken` = 1 WHERE `decided_at` IS NOT NULL;
