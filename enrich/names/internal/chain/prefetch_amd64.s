#include "textflag.h"

// func prefetch(lines []line, homes uint64, keys []uint32)
TEXT ·prefetch(SB), NOSPLIT, $0-56
	MOVQ lines_base+0(FP), AX
	MOVQ homes+24(FP), BX
	MOVQ keys_base+32(FP), SI
	MOVQ keys_len+40(FP), CX
	LEAQ (SI)(CX*4), CX

next:
	CMPQ SI, CX
	JEQ  done
	MOVL (SI), DX      // the home of the key, as Model.home has it
	IMULQ BX, DX
	SHRQ $32, DX
	SHLQ $6, DX        // a line has 64 bytes
	PREFETCHT0 (AX)(DX*1)
	ADDQ $4, SI
	JMP  next

done:
	RET
